// Nothing is kept on the device. htmx would note the address of each page, and with it what a
// family searched for; it goes without when storing fails.
"use strict";

Storage.prototype.setItem = () => {
  throw new DOMException("Nothing is stored on this device.", "SecurityError");
};
