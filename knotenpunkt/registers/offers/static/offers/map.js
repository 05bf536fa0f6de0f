// The map beside the list: our own outlines and numbered points, no tiles unless configured.
"use strict";

(() => {
  let map = null;
  let layer = null;
  let outlines = null;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const points = () => {
    const data = document.getElementById("kartenpunkte");
    return data ? JSON.parse(data.textContent) : [];
  };

  const drop = (point) => L.divIcon({
    className: point.here ? "kp-map-here" : "kp-map-drop",
    html: point.here ? "" : `<span>${Number(point.number)}</span>`,
    iconSize: point.here ? [18, 18] : [34, 34],
    iconAnchor: point.here ? [9, 9] : [17, 17],
  });

  const marker = (point) => {
    const made = L.marker([point.lat, point.lon], {
      icon: drop(point),
      title: point.title || "",
      alt: point.title || "",
      // Where there is no list to lead to, a mark is no button.
      keyboard: Boolean(point.target),
      interactive: Boolean(point.target),
    });
    made.on("add", () => { if (point.lang) made.getElement().lang = point.lang; });
    if (point.target) {
      made.on("click", () => leadTo(point.target));
      made.on("keydown", ({ originalEvent }) => {
        if (!["Enter", " "].includes(originalEvent.key)) return;
        originalEvent.preventDefault();
        leadTo(point.target);
      });
    }
    return made;
  };

  const leadTo = (id) => {
    const card = document.getElementById(id);
    card?.scrollIntoView({ block: "center" });
    card?.querySelector("a")?.focus({ preventScroll: true });
  };

  // Leaflet takes a text for HTML, an element for what it is.
  const named = (text) => {
    const name = document.createElement("span");
    name.textContent = text;
    return name;
  };

  const drawOutlines = async (box) => {
    try {
      outlines ??= await (await fetch(box.dataset.outlines)).json();
    } catch {
      return; // the points alone say enough
    }
    L.geoJSON(outlines, {
      interactive: false,
      style: (feature) => ({
        color: colour("--kp-thread"),
        weight: feature.properties.level === "county" ? 2.5 : 0.8,
        fill: feature.properties.level === "county",
        fillColor: colour("--kp-surface"),
        fillOpacity: 0.75,
      }),
    }).addTo(map).bringToBack();
    for (const town of outlines.towns || []) {
      L.marker([town.lat, town.lon], {
        interactive: false,
        keyboard: false,
        zIndexOffset: -1000,
        icon: L.divIcon({ className: "kp-map-town", html: "", iconSize: [9, 9] }),
      }).bindTooltip(named(town.name), { permanent: true, direction: "right", className: "kp-map-name" }).addTo(map);
    }
    const source = document.querySelector("[data-map-source]");
    if (source) source.textContent = outlines.attribution || "";
  };

  const start = (box) => {
    map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: Boolean(box.dataset.tiles) });
    L.control.zoom({ position: "topright", zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution }).addTo(map);
    } else {
      drawOutlines(box);
    }
    layer = L.layerGroup().addTo(map);
  };

  const show = () => {
    const box = document.querySelector("[data-map]");
    if (!box) { map?.remove(); map = null; return; }
    if (map && map.getContainer() !== box) { map.remove(); map = null; }
    if (!map) start(box);
    layer.clearLayers();
    const shown = points();
    shown.forEach((point) => marker(point).addTo(layer));
    const corners = shown.map((point) => [point.lat, point.lon]);
    if (corners.length) map.fitBounds(corners, { padding: [40, 40], maxZoom: 11, animate: false });
  };

  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:afterSettle", show);
})();
