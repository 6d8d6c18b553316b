const PAGE = 4_096;

/** Finds the place of a person by their ordinal, -1 for none; the ordinals are ascending. */
export function makePlaces(ordinals: Int32Array): (ordinal: number) => number {
  const pages = new Map<number, Int32Array>();
  for (const [place, ordinal] of ordinals.entries()) {
    const name = Math.floor(ordinal / PAGE);
    const page = pages.get(name) ?? new Int32Array(PAGE).fill(-1);
    page[ordinal % PAGE] = place;
    pages.set(name, page);
  }
  return (ordinal) => pages.get(Math.floor(ordinal / PAGE))?.[ordinal % PAGE] ?? -1;
}
