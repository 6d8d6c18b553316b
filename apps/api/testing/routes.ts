import type { RouteRequest } from "./route-cases.ts";

/** Reads the routes of an API from its printed route tree, as `GET /v1/scrubs/:id`. */
export function readRoutes(tree: string): string[] {
  const parents: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", part = "", methods = ""] =
      /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)/.exec(line) ?? [];
    if (part === "") return [];
    const depth = indent.length / 4;
    parents.length = depth;
    parents[depth] = part;
    const path = parents.join("");
    return methods.split(", ").map((method) => `${method} ${path}`);
  });
}

/** Sends a request to a route, with an API key or without. `path` replaces its parameter, or is added at the end. */
export async function sendTo(
  url: string,
  key: string | null,
  route: string,
  { path = "", body, type = "application/json" }: RouteRequest,
) {
  const [method = "", pattern = ""] = route.split(" ");
  const address = /[:]\w+/.test(pattern) ? pattern.replace(/:\w+/, path) : pattern + path;
  const answer = await fetch(url + address, {
    method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}
