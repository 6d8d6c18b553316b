export type Line = { name: string; points: readonly (readonly [people: number, ms: number])[] };

const [WIDTH, HEIGHT] = [760, 440];
const frame = { left: 72, right: 220, top: 24, bottom: 56 };
const [left, right] = [frame.left, WIDTH - frame.right];
const [top, bottom] = [frame.top, HEIGHT - frame.bottom];

/** Works on light and dark backgrounds. */
const style = `
svg { --ink: #24292f; --grid: #d5d9de; --ground: #fff; --light: 30%; font: 11px sans-serif; fill: var(--ink) }
@media (prefers-color-scheme: dark) { svg { --ink: #d8dee4; --grid: #3a4048; --ground: #16191d; --light: 70% } }
.ground { fill: var(--ground) } .grid { stroke: var(--grid) } .mark { fill: var(--color) }
.line { fill: none; stroke: var(--color); stroke-width: 1.5 } .lead { stroke: var(--color); stroke-width: 0.5 }
.name { fill: var(--color) } .middle { text-anchor: middle } .end { text-anchor: end }`;

/**
 * Draws times by number of people on two logarithmic scales: linear growth rises one square per
 * square to the right.
 */
export function drawChart(title: string, description: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const x = createScale(
    points.map(([people]) => people),
    left,
    right,
  );
  const y = createScale(
    points.map(([, ms]) => ms),
    bottom,
    top,
  );
  const names = spreadNames(lines.map((line) => y.at(line.points.at(-1)?.[1] ?? 1)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">
<title id="title">${title}</title>
<desc id="description">${description}</desc>
<style>${style}</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
${[...x.marks.map((mark) => upright(x.at(mark), formatMark(mark))), ...y.marks.map((mark) => level(y.at(mark), formatMark(mark)))].join("\n")}
<text class="middle" x="${(left + right) / 2}" y="${HEIGHT - 14}">people, each with ten activities</text>
<text class="middle" transform="translate(16 ${(top + bottom) / 2}) rotate(-90)">milliseconds a count</text>
${lines.map((line, index) => drawLine(line, index / lines.length, { x, y, name: names[index] ?? 0 })).join("\n")}
</svg>
`;
}

const formatMark = (mark: number) => mark.toLocaleString("en");

const upright = (at: number, text: string) =>
  `<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/><text class="middle" x="${at}" y="${bottom + 16}">${text}</text>`;

const level = (at: number, text: string) =>
  `<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="end" x="${left - 6}" y="${at + 4}">${text}</text>`;

type Scale = ReturnType<typeof createScale>;

/** Draws a line with its name at its end, or lower if another name is there. */
function drawLine(
  { name, points }: Line,
  share: number,
  { x, y, name: height }: { x: Scale; y: Scale; name: number },
): string {
  const places = points.map(([people, ms]) => [x.at(people), y.at(ms)] as const);
  const [endX, endY] = places.at(-1) ?? [0, 0];
  const color = `hsl(${Math.round(360 * share)} 70% var(--light))`;
  const dots = places.map(([cx, cy]) => `<circle class="mark" cx="${cx}" cy="${cy}" r="2.5"/>`);
  return `<g style="--color: ${color}"><polyline class="line" points="${places.join(" ")}"/>${dots.join("")}
<line class="lead" x1="${endX + 3}" y1="${endY}" x2="${right + 18}" y2="${height}"/><text class="name" x="${right + 22}" y="${height + 4}">${name}</text></g>`;
}

/** Logarithmic scale from the power of ten below the least value to the one above the greatest. */
function createScale(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return { at, marks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}

/** Moves names down that would overlap. */
function spreadNames(heights: readonly number[]): number[] {
  const LINE = 13;
  const sorted = heights.map((height, index) => ({ height, index })).toSorted(byHeight);
  let last = -Infinity;
  const places: number[] = [];
  for (const { height, index } of sorted) {
    last = Math.max(height, last + LINE);
    places[index] = last;
  }
  return places;
}

const byHeight = (a: { height: number }, b: { height: number }) => a.height - b.height;
