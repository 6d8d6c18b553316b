import type { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext } from "../../../testing/scenes.ts";
import { streamBlockedLines } from "./lines.ts";

it.each([1, 2, 3, 5, 6])("leaves out no number and repeats none, with %s a page", async (size) => {
  const ctx = await aContext();
  const phones = [1, 2, 3, 4, 5].map((n) => `+1214555000${n}` as Phone);
  for (const phone of phones.toReversed()) await recorded(ctx, { phone, channel: "agent" });
  const pages: string[] = [];
  for await (const page of streamBlockedLines(ctx, size)) pages.push(page);
  const [, ...lines] = pages.join("").trimEnd().split("\r\n");
  expect(lines.map((line) => line.split(",")[0])).toEqual(phones);
});
