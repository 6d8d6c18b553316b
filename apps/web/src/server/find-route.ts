/**
 * Creates a function that finds the route of a path, such as `/stop/[organization]`; null if there is none. A fixed
 * part of a path goes before a variable one, as in Next.
 */
export function createRouteFinder(routes: readonly string[]) {
  const patterns = routes
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map((route) => ({ route, pattern: toPattern(route) }));
  return (pathname: string): string | null =>
    patterns.find(({ pattern }) => pattern.test(pathname))?.route ?? null;
}

const VARIABLE = /\[(?<rest>\.\.\.)?[^\]]+\]/g;

/** Sorts `[id]` after all letters, and `[...rest]` after it. */
const rank = (route: string) =>
  route.replaceAll(VARIABLE, (_, rest: string | undefined) => (rest ? "~~" : "~"));

const toPattern = (route: string) =>
  new RegExp(
    `^${route.replaceAll(".", "\\.").replaceAll(/\[(\\\.\\\.\\\.)?[^\]]+\]/g, (_, rest: string | undefined) => (rest ? ".+" : "[^/]+"))}/?$`,
  );
