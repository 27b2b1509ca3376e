/** Tells what fingers, mouse and wheel ask of a picture: `pan(right, down)` and `zoom(times, at)`, in pixels. */
export function gestures(element, { pan, zoom, tap }) {
  const held = new Map();
  let far = 0;

  element.addEventListener("pointerdown", (event) => {
    if (!held.size) far = 0;
    held.set(event.pointerId, event);
  });
  element.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const other = [...held.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    held.set(event.pointerId, event);
    const [right, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
    far += Math.abs(right) + Math.abs(down);
    if (!other) return pan(right, down);
    pan(right / 2, down / 2);
    zoom(apart(before, other) / Math.max(1, apart(event, other)), { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 });
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(name, ({ pointerId }) => held.delete(pointerId));
  element.addEventListener("click", () => far < 5 && tap());
  const wheel = (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 / 1.4 : 1.4, event);
  };
  element.addEventListener("wheel", wheel, { passive: false });
}

const apart = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
