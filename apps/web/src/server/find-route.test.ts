import { expect, it } from "vitest";
import { createRouteFinder } from "./find-route";

const findRoute = createRouteFinder([
  "/",
  "/api/[file]",
  "/api/audit.csv",
  "/api/auth/[...nextauth]",
  "/api/proofs/[id]",
  "/numbers/[phone]",
  "/stop",
  "/stop/[organization]",
  "/stop/[organization]/done",
]);

it.each([
  ["/", "/"],
  ["/stop", "/stop"],
  ["/stop/", "/stop"],
  ["/stop/acme", "/stop/[organization]"],
  ["/stop/acme/done", "/stop/[organization]/done"],
  ["/numbers/+12025550143", "/numbers/[phone]"],
  ["/api/audit.csv", "/api/audit.csv"],
  ["/api/auditXcsv", "/api/[file]"],
  ["/api/auth/callback/credentials", "/api/auth/[...nextauth]"],
  ["/no-such-page", null],
  ["/stop/acme/done/more", null],
  ["/constructor", null],
])("finds the route of %s", (path, route) => expect(findRoute(path)).toBe(route));
