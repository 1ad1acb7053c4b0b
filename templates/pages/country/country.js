// The slider over the days of change: it draws the map of the page as it was,
// or will be, on a day, and shows what changed then and why. The attributes of
// the list of days say how (render/days.go).
const days = document.getElementById("days");
if (days) {
  const data = days.dataset, read = text => JSON.parse(text || "[]");
  const scheme = read(data.scheme), names = read(data.places), forms = read(data.marks);
  const list = [...document.querySelectorAll("#days-list > li")];
  const byId = id => document.getElementById("days-" + id);
  const range = byId("range"), now = Number(range.value);
  const map = document.querySelector(".atlas-map .map-picture");
  const places = [...map.querySelectorAll(".map-place")], marks = map.querySelector(".map-marks");
  const prefix = map.getAttribute("aria-labelledby").replace(/-title$/, "");
  const drawn = {places: places.map(p => p.cloneNode(true)), marks: [...marks.childNodes]};
  const control = byId("control");
  let timer = 0;

  function draw(tag, attributes, text) {
    const e = document.createElementNS(map.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
    if (text) e.textContent = text;
    return e;
  }

  // mark draws a named area or a part in the colour of its level.
  function mark([form, level]) {
    const [ring, path, lead, x, y] = forms[form], [id, ink, , digit] = scheme[level];
    const g = draw("g", {class: "level-" + id});
    if (lead) g.append(draw("path", {class: "map-lead", d: lead, stroke: "#888"}));
    g.append(draw("path", {class: "map-ring", d: ring, fill: "#fff", stroke: "#16181D"}), draw("path", {d: path, class: "map-fill"}), draw("text", {x, y, fill: ink}, digit));
    return g;
  }

  function province(place, i, level, digit, above) {
    const [id, ink, pattern, sign, words] = scheme[level];
    const land = place.querySelector(".map-land");
    place.setAttribute("class", "map-place level-" + id);
    land.setAttribute("class", "map-land map-" + pattern);
    land.setAttribute("fill", `url(#${prefix}-${id})`);
    land.setAttribute("stroke", ink);
    const name = data.name.replace("{place}", names[i]).replace("{level}", words);
    place.querySelector(".map-tip").textContent = name;
    place.setAttribute("aria-label", above ? data.parts.replace("{place}", name).replace("{levels}", above.map(l => scheme[l][4]).join(", ")) : name);
    let text = place.querySelector(".map-digit, .map-outside"), lead = place.querySelector(".map-lead");
    if (digit) {
      text?.remove();
      lead?.remove();
      const [x, y, size, kind, line] = digit;
      if (!kind) return;
      text = draw("text", {class: kind, x, y, "aria-hidden": "true", ...(size ? {"font-size": size} : {})});
      if (line) land.after(draw("path", {class: "map-lead", d: line, stroke: "#888"}));
      place.querySelector(".map-tip").before(text);
    }
    if (!text) return;
    text.textContent = sign;
    if (text.classList.contains("map-digit")) text.setAttribute("fill", ink);
  }

  function show() {
    const at = Number(range.value), day = list[at], d = day.dataset, away = at !== now;
    const digits = read(d.digits), above = read(d.above);
    places.forEach((place, i) => {
      place.replaceChildren(...drawn.places[i].cloneNode(true).childNodes);
      province(place, i, parseInt(d.levels[i], 36), digits[i], above[i]);
    });
    marks.replaceChildren(...(away ? read(d.marks).map(mark) : drawn.marks));
    control.classList.toggle("days-away", away);
    byId("date").textContent = at === now ? data.now.replace("{date}", d.text) : (at > now ? data.future : data.past).replace("{date}", d.text);
    range.setAttribute("aria-valuetext", d.text);
    byId("previous").disabled = at === 0;
    byId("next").disabled = at === list.length - 1;
    byId("shown").replaceChildren(...[...day.childNodes].filter(n => n.nodeName !== "svg").map(n => n.cloneNode(true)));
  }

  // tell waits until the hand rests, so that nobody hears every day on the way.
  function tell() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changes = [...byId("shown").querySelectorAll(".shift")].map(s => s.textContent.replace(/\s+/g, " ").trim()).join(". ");
      byId("status").textContent = byId("date").textContent + " " + changes;
    }, 400);
  }

  const go = to => {
    range.value = to;
    show();
    tell();
  };
  range.addEventListener("input", () => go(range.value));
  byId("previous").addEventListener("click", () => go(Number(range.value) - 1));
  byId("next").addEventListener("click", () => go(Number(range.value) + 1));
  byId("back").addEventListener("click", () => {
    go(now);
    range.focus();
  });
  range.value = now;
  document.querySelector(".atlas-map .legend").after(control); // so that it stays where it is whatever the text says
  control.hidden = false;
  show();
}
