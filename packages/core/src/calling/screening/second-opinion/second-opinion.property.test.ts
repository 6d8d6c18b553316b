import fc from "fast-check";
import { expect, it } from "vitest";
import { someFacts, somePreferences } from "../../../../testing/arbitraries.ts";
import { DAY_MS } from "../../../platform/time/index.ts";
import type { ScreeningFacts } from "../facts.ts";
import { runChecks } from "../screen.ts";
import { isValidConsent, judgeLists, judgeReassigned } from "./listed-numbers.ts";
import {
  aCall,
  before,
  type Call,
  listCalls,
  toCopies,
  toFacts,
  toPerson,
  toReply,
} from "../../../../testing/random-calls.ts";
import {
  findNeededConsent,
  hasConsentEnded,
  isCapReached,
  judgeHours,
  keepsIndustryCodes,
  listBans,
  listUnwanted,
  type Scene,
} from "./second-opinion.ts";
import { stricterDays } from "./stricter-days.ts";

/** Calls per test. For many: `SECOND_OPINION_RUNS=1000000 vitest run --project unit second-opinion`. */
const numRuns = Number(process.env["SECOND_OPINION_RUNS"] ?? 5_000);

/** Of what a law allows for customers, only lists are a subject of the second opinion. */
const aCallToStrangers = aCall.map((given): Call => ({
  ...given,
  boughtDaysAgo: null,
  reply: null,
}));

const isAboutHours = (reason: string) =>
  reason === "outside-calling-hours" || reason === "day-not-allowed";

/** Screens the call, and returns the findings that the second opinion covers. */
function screenCall(given: Call) {
  const findings = runChecks(toFacts(given));
  const listReasons = (kind: "refuse" | "warn") =>
    findings.filter(({ effect }) => effect === kind).map(({ refusal }) => refusal.reason);
  const reasons = listReasons("refuse");
  return {
    hours: reasons.find(isAboutHours) ?? "allowed",
    bans: new Set(reasons.filter((one) => one === "dialer-not-allowed" || one === "sector-banned")),
    consent: reasons.find((one) => one.startsWith("consent-")) ?? "none",
    isCapReached: reasons.includes("frequency-cap"),
    keepsIndustryCodes: !listReasons("warn").some(isAboutHours),
  };
}

/** Judges the call by the second opinion. */
const judgeCall = (given: Call) => ({
  hours: judgeHours(given.scene, given.call),
  bans: new Set<string>(listBans(given.scene, given.call, hasValidConsent(given))),
  consent: judgeConsent(given),
  isCapReached: isCapReached(given.scene, given.call, listCalls(given)),
  keepsIndustryCodes: keepsIndustryCodes(given.scene, given.call),
});

function hasValidConsent(given: Call): boolean {
  const { consent } = toPerson(given);
  return consent !== null && isValidConsent(given.scene, given.call, consent);
}

function judgeConsent({ scene, call, consent }: Call) {
  const needed = findNeededConsent(scene, call);
  if (needed === "none") return "none";
  if (consent === null) return "consent-missing";
  if (hasConsentEnded(scene, call, before(scene.at, consent.daysAgo * DAY_MS))) {
    return "consent-expired";
  }
  return needed === "written" && !consent.isWritten ? "consent-insufficient" : "none";
}

/** Takes it from the screening that the day is closed. */
const acceptClosedDay = (
  judged: ReturnType<typeof judgeCall>,
  { hours, keepsIndustryCodes }: ReturnType<typeof screenCall>,
) => ({
  ...judged,
  hours: hours === "day-not-allowed" ? hours : judged.hours,
  keepsIndustryCodes: judged.keepsIndustryCodes && keepsIndustryCodes,
});

/** True if the screening may close the day though no words were found that do. */
const isOnStricterDay = ({ places, zones, at }: Scene) =>
  places.some((place) =>
    zones.some((timeZone) =>
      stricterDays[place]?.includes(at.toLocaleDateString("sv-SE", { timeZone })),
    ),
  );

it.each([
  ["a fixed seed", { numRuns, seed: 20_261_130 }],
  ["a random seed", { numRuns }],
])(
  "says of a call what the second opinion says, with %s",
  (_, runs) => {
    fc.assert(
      fc.property(aCallToStrangers, (given) => {
        const screened = screenCall(given);
        const judged = judgeCall(given);
        expect(isOnStricterDay(given.scene) ? acceptClosedDay(judged, screened) : judged).toEqual(
          screened,
        );
      }),
      runs,
    );
    // Milliseconds: a call takes less than one.
  },
  60_000 + numRuns,
);

/**
 * Screens the call, and returns the findings about lists and reassigned numbers. If a list refuses, its warnings are
 * left out.
 */
function screenLists(given: Call) {
  const lists = new Map<string, Set<string>>();
  let reassigned = "none";
  const findings = runChecks(toFacts(given));
  for (const effect of ["refuse", "warn"] as const) {
    const refusing = new Set(lists.keys());
    for (const { refusal } of findings.filter((finding) => finding.effect === effect)) {
      const { reason, registry } = refusal;
      if (reason === "number-reassigned" && reassigned === "none") reassigned = effect;
      const about = listReasons[reason];
      if (about === undefined || registry === undefined) continue;
      if (effect === "warn" && refusing.has(registry)) continue;
      lists.set(registry, (lists.get(registry) ?? new Set()).add(`${effect} ${about}`));
    }
  }
  return { lists, reassigned };
}

const listReasons: Readonly<Record<string, string>> = {
  "registry-listed": "listed",
  "registry-unchecked": "unchecked",
};

/** Judges lists and reassigned numbers by the second opinion. */
function judgeListsForCall(given: Call) {
  const { scene, call } = given;
  const person = toPerson(given);
  const opinions = judgeLists(scene, call, person, toCopies(given));
  const lists = new Map(
    [...opinions].map(([list, all]) => {
      const refusing = [...all].filter((opinion) => opinion.startsWith("refuse"));
      return [list, new Set<string>(refusing.length > 0 ? refusing : all)];
    }),
  );
  return { lists, reassigned: judgeReassigned(scene, call, person, toReply(given)) };
}

it.each([
  ["a fixed seed", { numRuns, seed: 20_261_201 }],
  ["a random seed", { numRuns }],
])(
  "says of listed and reassigned numbers what the second opinion says, with %s",
  (_, runs) => {
    fc.assert(
      fc.property(aCall, (given) => {
        expect(judgeListsForCall(given)).toEqual(screenLists(given));
      }),
      runs,
    );
    // Milliseconds: a call takes less than one.
  },
  60_000 + numRuns,
);

it("judges call preferences as the second opinion does", () => {
  const zones = fc.constantFrom(
    "America/Chicago",
    "Asia/Tokyo",
    "Europe/Moscow",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  );
  const someScenes = fc.record({
    // The clocks of Chicago and Lord Howe Island change in this time.
    at: fc.date({ min: new Date("2026-03-01"), max: new Date("2026-12-01"), noInvalidDate: true }),
    zones: fc.uniqueArray(zones, { minLength: 1, maxLength: 2 }),
  });
  const someChoices = fc.array(somePreferences, { maxLength: 3 });
  fc.assert(
    fc.property(someFacts, someScenes, someChoices, (facts, scene, preferences) => {
      const found = runChecks({ ...facts, ...scene, preferences }).map(
        ({ refusal: { reason } }) => reason,
      );
      expect(
        new Set(found.filter((one) => one === "dialer-refused" || one === "quiet-hours")),
      ).toEqual(new Set(listUnwanted(scene, facts.dialer, preferences)));
    }),
    { numRuns },
  );
});

it("never allows a refused call because of a call preference", () => {
  fc.assert(
    fc.property(someFacts, somePreferences, (facts, chosen) => {
      const listRefusing = (preferences: ScreeningFacts["preferences"]) =>
        new Set(
          runChecks({ ...facts, preferences }).flatMap(({ effect, refusal }) =>
            effect === "refuse" ? JSON.stringify(refusal) : [],
          ),
        );
      const more = listRefusing([...facts.preferences, chosen]);
      expect([...listRefusing(facts.preferences)].filter((refusal) => !more.has(refusal))).toEqual(
        [],
      );
    }),
    { numRuns: 1_000 },
  );
});
