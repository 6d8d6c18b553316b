import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { may, Role } from "@ringfence/core/platform/access";
import {
  findPage,
  findRequirement,
  findLandingPage,
  buildNavigation,
  searchablePages,
  workspacePages,
} from "./pages";

const pages = new URL("../../../app/(workspace)/", import.meta.url).pathname;

it.each(workspacePages)("leads to a page: $href", ({ href }) => {
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
  ["/rules/coming", "rule.read"],
  ["/rules/coming/2027-01-31", "law-preview.read"],
  ["/processing", "processing-record.read"],
  ["/usage", "usage.read"],
  ["/processing/change", "processing-record.change"],
  ["/elsewhere", undefined],
])("%s needs %s", (path, action) => {
  expect(findRequirement(path)?.action).toBe(action);
});

const memberActor = (role: Role) => ({ type: "member", id: "ada", role, sellerIds: [] }) as const;

it.each<[Role, { own: string[]; groups: string[]; single: string[]; atRest: number }]>([
  [
    "officer",
    {
      own: ["today", "complaints"],
      groups: ["doNotCall", "consents", "calling", "audience", "people", "proof"],
      single: [],
      atRest: 9,
    },
  ],
  [
    "marketer",
    {
      own: ["segments", "campaigns", "offers", "relevance"],
      groups: ["consents", "calling", "people"],
      single: [],
      atRest: 8,
    },
  ],
  ["agent", { own: ["call"], groups: ["consents"], single: ["rules"], atRest: 4 }],
  [
    "auditor",
    {
      own: ["ledger", "audit", "complaints"],
      groups: ["doNotCall", "consents", "calling", "audience", "people"],
      single: [],
      atRest: 9,
    },
  ],
  [
    "developer",
    { own: ["apiKeys", "endpoints", "inbound"], groups: [], single: ["rules"], atRest: 5 },
  ],
])("gives %s the pages of its work, in at most nine entries", (role, expected) => {
  const { own, groups, single } = buildNavigation(memberActor(role));
  expect({
    own: own.map(({ key }) => key),
    groups: groups.map(({ area }) => area),
    single: single.map(({ key }) => key),
    atRest: own.length + groups.length + single.length + 1,
  }).toEqual(expected);
});

it.each(Role.options)("offers %s only pages that they may open", (role) => {
  const actor = memberActor(role);
  const { own, groups, single, account, quick } = buildNavigation(actor);
  const offered = [...own, ...groups.flatMap((group) => group.pages), ...single, ...account];
  for (const { action } of [...offered, ...quick, ...searchablePages(actor)]) {
    expect(may(actor, action)).toBe(true);
  }
  expect(new Set(offered.map(({ key }) => key)).size).toBe(offered.length);
});

it.each<[Role, string]>([
  ["owner", "/"],
  ["officer", "/"],
  ["marketer", "/segments"],
  ["agent", "/call"],
  ["auditor", "/ledger"],
  ["developer", "/keys"],
])("%s signs in to %s", (role, page) => {
  expect(findLandingPage(role)).toBe(page);
});
