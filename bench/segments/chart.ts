export type Line = { name: string; points: readonly (readonly [people: number, ms: number])[] };

const [WIDTH, HEIGHT] = [760, 420];
const frame = { left: 64, right: 220, top: 24, bottom: 48 };

/** Lines over two scales of powers of ten: what grows as the people do rises by one square in one. */
export function chartOf(lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const [people, times] = [points.map(([count]) => count), points.map(([, ms]) => ms)];
  const x = scaleOf(people, frame.left, WIDTH - frame.right);
  const y = scaleOf(times, HEIGHT - frame.bottom, frame.top);
  const ends = placesOf(lines.map(({ points }) => y.at(points.at(-1)?.[1] ?? 1)));
  const drawn = lines.map(({ name, points }, index) => {
    const color = `hsl(${Math.round((index * 360) / lines.length)} 60% 38%)`;
    const path = points.map(([count, ms]) => `${x.at(count)},${y.at(ms)}`).join(" ");
    const dots = points.map(
      ([count, ms]) => `<circle cx="${x.at(count)}" cy="${y.at(ms)}" r="3" fill="${color}"/>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>${dots.join("")}
<text x="${WIDTH - frame.right + 8}" y="${ends[index]}" fill="${color}">${name}</text>`;
  });
  const grid = [
    ...x.marks.map(
      (mark) =>
        `<line x1="${x.at(mark)}" x2="${x.at(mark)}" y1="${frame.top}" y2="${HEIGHT - frame.bottom}" stroke="#ddd"/>
<text x="${x.at(mark)}" y="${HEIGHT - frame.bottom + 16}" text-anchor="middle">${mark.toLocaleString("en")}</text>`,
    ),
    ...y.marks.map(
      (mark) =>
        `<line x1="${frame.left}" x2="${WIDTH - frame.right}" y1="${y.at(mark)}" y2="${y.at(mark)}" stroke="#ddd"/>
<text x="${frame.left - 6}" y="${y.at(mark) + 4}" text-anchor="end">${mark} ms</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" fill="#333" role="img" aria-label="Time of twelve counts by the number of people">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${grid.join("\n")}
${drawn.join("\n")}
<text x="${(WIDTH - frame.right + frame.left) / 2}" y="${HEIGHT - 10}" text-anchor="middle">people, each with ten activities</text>
</svg>
`;
}

/** From the power of ten below the least to that above the greatest. */
function scaleOf(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return { at, marks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}

/** Names that would stand on each other are moved down. */
function placesOf(heights: readonly number[]): number[] {
  const LINE = 13;
  const places = heights
    .map((height, index) => ({ height, index }))
    .toSorted((a, b) => a.height - b.height);
  let last = -Infinity;
  const found: number[] = [];
  for (const { height, index } of places) {
    last = Math.max(height + 4, last + LINE);
    found[index] = last;
  }
  return found;
}
