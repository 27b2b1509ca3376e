/** Makes an element. Texts become text nodes and never markup; `on…` are listeners, other names attributes. */
export function h(tag, props = {}, ...children) {
  return fill(set(document.createElement(tag), props), children);
}

/** Makes an SVG element, in the same way. */
export function s(tag, props = {}, ...children) {
  return fill(set(document.createElementNS("http://www.w3.org/2000/svg", tag), props), children);
}

function set(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

function fill(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Replaces all children. */
export function put(element, ...children) {
  element.replaceChildren();
  return fill(element, children);
}

/** Lower case without accents: "Nguyễn Đức" and "nguyen duc" are the same. */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}
