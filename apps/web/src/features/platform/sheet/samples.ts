import { ConsentId } from "@ringfence/core/ids";
import type { ReasonResponse } from "@ringfence/core/calling/screening";
import type { ScreeningAnswer } from "@/components/fence/gate";

/** All people, firms and numbers are invented. */

const at = new Date("2026-11-25T14:47:02Z");
const checked = {
  at,
  whatIf: false,
  jurisdictions: ["US", "US-TX"],
  zones: ["America/Chicago"],
  consent: {
    id: ConsentId.parse("0195a000-0000-7000-8000-000000000001"),
    since: new Date("2026-05-12T18:04:27Z"),
  },
  editions: [
    { registry: "US-FTC-DNC", edition: 412, ageDays: 0.53, limitDays: 31 },
    { registry: "US-TX-NCL", edition: 9, ageDays: 63.52, limitDays: 60 },
  ],
  rules: "7c41e20b",
  ledgerSize: null,
};
const fresh = [
  { registry: "US-FTC-DNC", edition: 412, ageDays: 0.53, limitDays: 31 },
  { registry: "US-TX-NCL", edition: 10, ageDays: 5.1, limitDays: 60 },
];

const optedOut: ReasonResponse = {
  reason: "opted-out",
  citation: "47 CFR 64.1200(d)(3)",
  since: new Date("2026-10-14T21:12:09Z"),
  sentence: "On 14 October 2026 at 16:12 CDT the person asked not to be called. Do not call.",
};
const unchecked: ReasonResponse = {
  reason: "registry-unchecked",
  registry: "US-TX-NCL",
  citation: "Tex. Bus. & Com. Code ch. 304",
  sentence: "US-TX-NCL was last read on 22 September 2026, and may be 60 days old. Sync it.",
};
const closed: ReasonResponse = {
  reason: "outside-calling-hours",
  citation: "Tex. Bus. & Com. Code 301.051",
  until: new Date("2026-11-25T15:00:00Z"),
  sentence: "It is 08:47 where the person is, which is outside calling hours.",
};

export const answers = {
  allowed: {
    verdict: "allow",
    refusals: [],
    warnings: [],
    checked: { ...checked, editions: fresh },
  },
  warned: {
    verdict: "allow",
    refusals: [],
    warnings: [unchecked],
    checked: { ...checked, editions: fresh },
  },
  refused: {
    verdict: "refuse",
    refusals: [optedOut, unchecked, closed],
    warnings: [],
    checked,
  },
  unchecked: {
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: "The call could not be checked." }],
    warnings: [],
  },
} satisfies Record<string, ScreeningAnswer>;

export const optOuts = [
  { phone: "+13035550187", scope: "All calls", at, by: "A. Lindqvist", reference: "4H7K 9Q2T" },
  { phone: "+13125550176", scope: "Example Bank", at, by: "R. Castell", reference: "9C2M X4RD" },
  {
    phone: "+79990000017",
    scope: "marketing.loans",
    at,
    by: "T. Banerjee",
    reference: "E6TY 0QV3",
  },
];

export const weeks = [
  ["5 Oct", 612, 420, 210],
  ["12 Oct", 640, 431, 204],
  ["19 Oct", 655, 402, 221],
  ["26 Oct", 701, 388, 230],
  ["2 Nov", 688, 395, 246],
  ["9 Nov", 720, 371, 240],
  ["16 Nov", 742, 366, 251],
] as const;

export const hashes = [
  "ef8b2c91a04d77e0135fb6aa",
  "80ecdd8319f4a2b05c7e6d10",
  "2ff69822d3e1b7480cafe551",
];

export const tokens = [
  "surface",
  "surface-sunken",
  "surface-raised",
  "surface-hover",
  "surface-selected",
  "ink",
  "muted",
  "line",
  "line-strong",
  "accent",
  "allow",
  "allow-wash",
  "refuse",
  "refuse-wash",
  "warn",
  "warn-wash",
  "focus",
  "chart-1",
  "chart-2",
  "chart-3",
  "chart-4",
  "chart-5",
  "chart-6",
];
