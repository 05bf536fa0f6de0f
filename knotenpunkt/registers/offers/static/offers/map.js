// The map beside the list: our own outlines and numbered points, no tiles unless configured.
// Where there is room for one of the two only, a switch shows either.
"use strict";

(() => {
  let map = null;
  let layer = null;
  let outlines = null;
  let marks = [];

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

  // A mark is this wide, in pixels; marks nearer to each other than that would hide a number.
  const MARK = 34;

  // The place itself, then rings around it, each one mark wider.
  const spots = function* (wanted) {
    yield wanted;
    for (let ring = 1; ring <= 5; ring += 1) {
      for (let step = 0; step < 6 * ring; step += 1) {
        const angle = (step / (3 * ring)) * Math.PI;
        yield wanted.add([MARK * ring * Math.cos(angle), MARK * ring * Math.sin(angle)]);
      }
    }
  };

  // Wholly inside the map's frame.
  const isSeen = (spot) => {
    const { x, y } = map.layerPointToContainerPoint(spot);
    const size = map.getSize();
    return Math.min(x, y, size.x - x, size.y - y) >= MARK / 2;
  };

  // Marks that would lie on each other move aside as little as needed, anew at each zoom.
  const spread = () => {
    const taken = [];
    for (const { point, made } of marks) {
      const wanted = map.latLngToLayerPoint([point.lat, point.lon]);
      const isFree = (spot) => taken.every((other) => spot.distanceTo(other) >= MARK - 1);
      const free = [...spots(wanted)].filter(isFree);
      const spot = (isSeen(wanted) && free.find(isSeen)) || free[0] || wanted;
      taken.push(spot);
      made.setLatLng(spot === wanted ? [point.lat, point.lon] : map.layerPointToLatLng(spot));
    }
  };

  const leadTo = (id) => {
    choose("liste");
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

  const drawOutlines = async (box, drawn) => {
    try {
      outlines ??= await (await fetch(box.dataset.outlines)).json();
    } catch {
      return; // the points alone say enough
    }
    if (map !== drawn) return; // another answer came meanwhile, with a map of its own
    L.geoJSON(outlines, {
      interactive: false,
      style: (feature) => ({
        color: colour("--kp-thread"),
        weight: feature.properties.level === "county" ? 2.5 : 0.8,
        fill: feature.properties.level === "county",
        fillColor: colour("--kp-surface"),
        fillOpacity: 0.75,
      }),
    }).addTo(drawn).bringToBack();
    for (const town of outlines.towns || []) {
      L.marker([town.lat, town.lon], {
        interactive: false,
        keyboard: false,
        zIndexOffset: -1000,
        icon: L.divIcon({ className: "kp-map-town", html: "", iconSize: [9, 9] }),
      }).bindTooltip(named(town.name), { permanent: true, direction: "right", pane: "shadowPane", className: "kp-map-name" }).addTo(drawn);
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
      drawOutlines(box, map);
    }
    layer = L.layerGroup().addTo(map);
    map.on("zoomend", spread);
  };

  const fit = (shown) => {
    const corners = shown.map((point) => [point.lat, point.lon]);
    if (corners.length) map.fitBounds(corners, { padding: [56, 56], maxZoom: 11, animate: false });
  };

  // Drawn when it can be seen: a map without a size fits nothing.
  const show = () => {
    const box = document.querySelector("[data-map]");
    if (!box || (map && map.getContainer() !== box)) { map?.remove(); map = null; marks = []; }
    if (!box?.clientWidth) return;
    if (!map) start(box);
    map.invalidateSize();
    layer.clearLayers();
    marks = [];
    const shown = points();
    fit(shown);
    // One's own place stays where it is; the others make room.
    shown.sort((one, other) => Boolean(other.here) - Boolean(one.here));
    marks = shown.map((point) => ({ point, made: marker(point).addTo(layer) }));
    if (marks.length) spread();
  };

  const results = () => document.querySelector(".kp-columns--results:has(.kp-switch)");

  // "liste" or "karte", as the switch's links have it; kept nowhere, so a new page begins with the list.
  const choose = (view) => {
    const place = results();
    if (!place) return;
    place.dataset.shown = view;
    for (const link of place.querySelectorAll(".kp-switch a")) {
      if (link.hash === `#${view}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    show();
  };

  const settle = () => {
    const place = results();
    if (place && !place.dataset.shown) choose("liste");
    else show();
  };

  const tapped = (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link?.hash.startsWith("#angebot-")) choose("liste"); // then the link leads there
    if (!link?.closest(".kp-switch")) return;
    event.preventDefault();
    choose(link.hash.slice(1));
    if (link.hash === "#karte") document.getElementById("karte").focus();
  };

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("click", tapped);
  matchMedia("(min-width: 62.5rem)").addEventListener("change", show);
})();
