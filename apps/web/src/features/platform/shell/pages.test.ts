import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { findPage, findRequirement, workspacePages } from "./pages";

const pages = new URL("../../../app/(workspace)/", import.meta.url).pathname;

it.each(workspacePages.flat())("leads to a page: $href", ({ href }) => {
  expect(existsSync(`${pages}${href}/page.tsx`)).toBe(true);
});

it.each([
  ["/", "today"],
  ["/registries", "registries"],
  ["/registries/0195a000", "registries"],
  ["/registries-of-others", undefined],
  ["/elsewhere", undefined],
])("%s is in %s", (path, key) => {
  expect(findPage(path)?.key).toBe(key);
});

it.each([
  ["/call/0195a000", "opt-out.record"],
  ["/opt-outs", "opt-out.read"],
  ["/opt-outs/new", "opt-out.record"],
  ["/imports/0195a000", "import.read"],
  ["/imports/new", "import.run"],
  ["/forms/new", "capture-form.change"],
  ["/forms/0195a000/paper", "capture-form.read"],
  ["/consents/record", "consent.record"],
  ["/consents/withdraw", "consent.record"],
  ["/disclosures/new", "disclosure.change"],
  ["/consents/0195a000", "consent.read"],
  ["/scrubs/new", "scrub.run"],
  ["/scrubs/0195a000", "scrub.read"],
  ["/registries/connect", "registry.change"],
  ["/registries/readings", "registry.change"],
  ["/registries/0195a000/change", "registry.change"],
  ["/registries/0195a000", "registry.read"],
  ["/members/new", "member.change"],
  ["/members/0195a000", "member.read"],
  ["/offers/new", "offer.change"],
  ["/campaigns/new", "campaign.change"],
  ["/campaigns/0195a000", "campaign.read"],
  ["/elsewhere", undefined],
])("%s needs %s", (path, action) => {
  expect(findRequirement(path)?.action).toBe(action);
});
