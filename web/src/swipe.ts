/**
 * Before and after: one picture over the other, with a range input for the edge between them.
 *
 * A range input works by keyboard, by touch and by a click anywhere on its track, so nothing needs dragging. Without this
 * script the two pictures stand side by side; a button brings them back to that.
 */

import { element } from "./dom.ts";
import { type Words, wordsFor } from "./words.ts";

/** Lay the second picture of a mark over its first; the captions stay below. */
export function begin(mark: HTMLElement): void {
  const [before, after] = mark.querySelectorAll("img");
  if (!before || !after) return;
  const stage = element("div", { class: "swipe-stage", "data-mode": "swipe" }, before, after);
  before.dataset.role = "before";
  after.dataset.role = "after";
  mark.prepend(stage, controls(wordsFor(mark), stage));
  mark.dataset.ready = "";
}

function controls(words: Words, stage: HTMLElement): HTMLElement {
  const range = element("input", { type: "range", min: 0, max: 100, value: 50, step: 1, "aria-label": words.say("swipe.label") });
  const button = element("button", { type: "button", "aria-pressed": "false" }, words.say("swipe.side"));
  const move = () => {
    stage.style.setProperty("--edge", `${range.value}%`);
    range.setAttribute("aria-valuetext", words.say("swipe.value", { percent: Number(range.value) }));
  };
  range.addEventListener("input", move);
  button.addEventListener("click", () => {
    const side = stage.dataset.mode === "swipe";
    stage.dataset.mode = side ? "side" : "swipe";
    range.disabled = side;
    button.setAttribute("aria-pressed", String(side));
  });
  move();
  return element("div", { class: "swipe-controls" }, range, button);
}
