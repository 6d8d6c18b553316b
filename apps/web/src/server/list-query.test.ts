import { expect, it } from "vitest";
import { toPagerLinks } from "./list-query";

const toHref = (trail: string[]) => `/list?after=${trail.join("~")}`;

it("links the first page only to the second", () => {
  expect(toPagerLinks([], "b", toHref)).toEqual({ newer: null, older: "/list?after=b" });
});

it("links back along the trail", () => {
  expect(toPagerLinks(["b", "c"], "d", toHref)).toEqual({
    newer: "/list?after=b",
    older: "/list?after=b~c~d",
  });
});

it("has no older page at the end of the list", () => {
  expect(toPagerLinks(["b"], null, toHref)).toEqual({ newer: "/list?after=", older: null });
});
