import type { Refusal } from "@ringfence/core/screening";
import type { ScreeningAnswer } from "@/components/fence/screening-answer";

/** All people, firms and numbers are invented. */

const at = new Date("2026-11-25T14:47:02Z");
const checked = {
  at,
  jurisdictions: ["US", "US-TX"],
  zones: ["America/Chicago"],
  consent: { since: new Date("2026-05-12T18:04:27Z") },
  editions: [
    { registry: "US-FTC-DNC", edition: 412, ageDays: 1, limitDays: 31 },
    { registry: "US-TX-NCL", edition: 9, ageDays: 64, limitDays: 60 },
  ],
};
const fresh = [
  { registry: "US-FTC-DNC", edition: 412, ageDays: 1, limitDays: 31 },
  { registry: "US-TX-NCL", edition: 10, ageDays: 6, limitDays: 60 },
];

const optedOut: Refusal = {
  reason: "opted-out",
  citation: "47 CFR 64.1200(d)(3)",
  since: new Date("2026-10-14T21:12:09Z"),
  message: { key: "refusal.opted-out", values: { since: new Date("2026-10-14T21:12:09Z") } },
};
const unchecked: Refusal = {
  reason: "registry-unchecked",
  registry: "US-TX-NCL",
  citation: "Tex. Bus. & Com. Code ch. 304",
  message: { key: "refusal.frequency-cap", values: { limit: 2, days: 7, until: at } },
};
const closed: Refusal = {
  reason: "outside-calling-hours",
  citation: "Tex. Bus. & Com. Code 301.051",
  until: new Date("2026-11-25T15:00:00Z"),
  message: {
    key: "refusal.frequency-cap",
    values: { limit: 2, days: 7, until: new Date("2026-11-25T15:00:00Z") },
  },
};

const phone = "+12145550142";
export const answers = {
  allowed: {
    phone,
    verdict: "allow",
    refusals: [],
    warnings: [],
    checked: { ...checked, editions: fresh },
  },
  warned: {
    phone,
    verdict: "allow",
    refusals: [],
    warnings: [unchecked],
    checked: { ...checked, editions: fresh },
  },
  refused: {
    phone,
    verdict: "refuse",
    refusals: [optedOut, unchecked, closed],
    warnings: [],
    checked,
  },
  unchecked: {
    phone: null,
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", message: { key: "error.bug" } }],
    warnings: [],
  },
} as const satisfies Record<string, ScreeningAnswer>;

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
