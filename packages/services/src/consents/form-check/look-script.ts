import type { Look } from "@ringfence/core/consents/form-check";

// Measures how a part of the page looks. Its text is sent to the page as `page-script.ts` is.

type Rgba = [number, number, number, number];

function buildSelector(element: Element): string {
  const { id, parentElement: parent, tagName } = element;
  if (id !== "" && document.querySelectorAll(`#${CSS.escape(id)}`).length === 1) {
    return `#${CSS.escape(id)}`;
  }
  const tag = tagName.toLowerCase();
  if (parent === null) return tag;
  const alike = [...parent.children].filter((it) => it.tagName === tagName);
  const nth = alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : "";
  return `${buildSelector(parent)} > ${tag}${nth}`;
}

/** Parses a color in any notation by means of a canvas, unless it is in the most common one. */
function parseColor(color: string): Rgba {
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(color);
  if (plain !== null) {
    const [, r, g, b, a = 1] = plain;
    return [Number(r), Number(g), Number(b), Number(a)];
  }
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return [0, 0, 0, 1];
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

/** Blends a color that may be see-through with the one below it. */
function blend([r, g, b, a]: Rgba, [br, bg, bb]: Rgba): Rgba {
  const mixed = (top: number, below: number) => top * a + below * (1 - a);
  return [mixed(r, br), mixed(g, bg), mixed(b, bb), 1];
}

/** Returns the color behind a text; null if there is a picture. */
function findBackground(element: Element): Rgba | null {
  const layers: Rgba[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(at);
    const color = parseColor(backgroundColor);
    if (backgroundImage !== "none" && color[3] < 1) return null;
    layers.push(color);
    if (color[3] === 1) break;
  }
  return layers.reduceRight<Rgba>((below, layer) => blend(layer, below), [255, 255, 255, 1]);
}

/** Computes the relative luminance by WCAG 2.2. */
function computeLuminance([r, g, b]: Rgba): number {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function computeContrast(element: Element): number | null {
  const behind = findBackground(element);
  if (behind === null) return null;
  const color = blend(parseColor(getComputedStyle(element).color), behind);
  const [a, b] = [computeLuminance(color), computeLuminance(behind)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function computeOpacity(element: Element): number {
  let opacity = 1;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    opacity *= Number(getComputedStyle(at).opacity);
  }
  return Math.min(1, Math.max(0, opacity));
}

function cuts(overflow: string): boolean {
  return overflow === "hidden" || overflow === "clip";
}

/** Computes the share of the element's area that the screen's width and clipping ancestors leave visible. */
function computeShownShare(element: Element): number {
  const rect = element.getBoundingClientRect();
  const area = rect.width * rect.height;
  if (area === 0) return 0;
  let left = Math.max(rect.left + scrollX, 0);
  let right = Math.min(rect.right + scrollX, document.documentElement.clientWidth);
  let top = Math.max(rect.top + scrollY, 0) - scrollY;
  let bottom = rect.bottom;
  for (
    let at: Element | null = element;
    at !== null && at !== document.body;
    at = at.parentElement
  ) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(at);
    if (clipPath !== "none" && clipPath.startsWith("inset")) return 0;
    if (at === element) {
      const isCut = cuts(overflowX) && at.scrollHeight > at.clientHeight + 2 && at.clientHeight > 0;
      if (isCut) return at.clientHeight / at.scrollHeight;
      continue;
    }
    const box = at.getBoundingClientRect();
    if (cuts(overflowX)) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
    if (cuts(overflowY)) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
  }
  const shown = Math.max(0, right - left) * Math.max(0, bottom - top);
  return Math.min(1, shown / area);
}

/**
 * Finds the selector of what covers the middle of the element's first line after scrolling it into view; null if
 * nothing does.
 */
function findCover(element: Element, label: Element | null): string | null {
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const [rect] = element.getClientRects();
  if (rect === undefined) return null;
  const hit = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2);
  if (hit === null || element.contains(hit) || hit.contains(element)) return null;
  // A box that its own label draws is not covered by it.
  if (label !== null && (label.contains(hit) || hit.contains(label))) return null;
  return buildSelector(hit);
}

function measureLook(element: Element, label: Element | null = null): Look {
  const { fontSize, fontWeight } = getComputedStyle(element);
  const isDrawn = element.checkVisibility({ visibilityProperty: true });
  const coveredBy = isDrawn ? findCover(element, label) : null;
  const { left, top, width, height } = element.getBoundingClientRect();
  return {
    box: isDrawn ? { x: left + scrollX, y: top + scrollY, width, height } : null,
    shownShare: isDrawn ? computeShownShare(element) : 0,
    opacity: computeOpacity(element),
    contrast: computeContrast(element),
    fontPx: Number.parseFloat(fontSize),
    isBold: Number(fontWeight) >= 700,
    coveredBy,
  };
}

/** All functions above as one text, to run in the page. */
export const lookScript = [
  buildSelector,
  parseColor,
  blend,
  findBackground,
  computeLuminance,
  computeContrast,
  computeOpacity,
  cuts,
  computeShownShare,
  findCover,
  measureLook,
]
  .map(String)
  .join("\n");
