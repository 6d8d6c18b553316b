import type { FormParts } from "@ringfence/core/consents/form-check";
import type { Page } from "playwright-core";

/** Around the consent, in CSS pixels; and no more than so much of a page. */
const MARGIN = 16;
const HEIGHT_MAX = 4_000;

/** The part of a page, 1280 wide, in which consent is asked: PNG. Null where none was found. */
export async function takePicture(page: Page, parts: FormParts): Promise<Uint8Array | null> {
  const { callBoxes, dataBoxes, accepts, refusals, shown } = parts;
  const boxes = [...callBoxes, ...dataBoxes, ...accepts, ...refusals].flatMap(
    ({ looks, labelLooks }) => [looks.wide.box, labelLooks?.wide.box ?? null],
  );
  const drawn = [...boxes, ...shown.map(({ looks }) => looks.wide.box)].filter(
    (box) => box !== null,
  );
  if (drawn.length === 0) return null;
  const left = Math.max(0, Math.min(...drawn.map(({ x }) => x)) - MARGIN);
  const top = Math.max(0, Math.min(...drawn.map(({ y }) => y)) - MARGIN);
  const right = Math.max(...drawn.map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...drawn.map(({ y, height }) => y + height)) + MARGIN;
  const clip = {
    x: left,
    y: top,
    width: Math.max(1, right - left),
    height: Math.min(HEIGHT_MAX, Math.max(1, bottom - top)),
  };
  return page.screenshot({ clip, fullPage: true, animations: "disabled" });
}
