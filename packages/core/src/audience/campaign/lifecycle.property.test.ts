import fc from "fast-check";
import { expect, it } from "vitest";
import { CampaignState } from "./campaign.ts";
import {
  CampaignAct,
  type CampaignStatus,
  listActs,
  decideNextState,
  replayActs,
} from "./lifecycle.ts";

const manyRuns = { numRuns: 2_000 };

const ids = ["ada", "bo", "cy"] as const;
const anAttempt = fc.record({
  act: fc.constantFrom(...CampaignAct.options),
  id: fc.constantFrom(...ids),
  mayResumeHeld: fc.boolean(),
});
type Attempt = { act: CampaignAct; id: string; mayResumeHeld: boolean };

/** All that came to pass of what was tried, with the standing before and after. */
function play(attempts: readonly Attempt[]) {
  let standing: CampaignStatus = { state: "draft", authors: [], isHeld: false };
  return attempts.flatMap(({ act, id, mayResumeHeld }) => {
    const before = standing;
    const next = decideNextState(before, act, { id, mayResumeHeld });
    if (next.fault) return [];
    standing = next;
    return [{ act, id, mayResumeHeld, before, after: standing }];
  });
}

it("runs no campaign that only its authors have approved since it was last a draft", () => {
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      let approver: string | null = null;
      for (const { act, id, before, after } of play(attempts)) {
        if (act === "approve") approver = id;
        if (after.state === "draft") approver = null;
        const isReview = act === "approve" || act === "refuse";
        expect(isReview && before.authors.includes(id)).toBe(false);
        expect(after.state === "running" && approver === null).toBe(false);
      }
    }),
    manyRuns,
  );
});

it("has the status that its acts add up to, with every author", () => {
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      const done = play(attempts);
      const last = done.at(-1);
      const draft: CampaignStatus = { state: "draft", authors: [], isHeld: false };
      expect(replayActs(done)).toEqual(last?.after ?? draft);
      const wrote = done.filter(({ act }) => act === "save" || act === "submit");
      const authors = new Set(wrote.map(({ id }) => id));
      expect(new Set(last?.after.authors)).toEqual(authors);
      const lastHeld = done.findLastIndex(({ act }) => act === "hold");
      const lastFreed = done.findLastIndex(({ act }) => act === "resume" || act === "reopen");
      expect(last?.after.isHeld ?? false).toBe(lastHeld > lastFreed);
    }),
    manyRuns,
  );
});

const isHeldAfter = (...acts: CampaignAct[]) =>
  replayActs(acts.map((act) => ({ act, id: "ada" }))).isHeld;

it("stays held until an officer resumes it or it is reopened", () => {
  const running = ["save", "submit", "approve", "start"] as const;
  expect(isHeldAfter(...running, "hold")).toBe(true);
  expect(isHeldAfter(...running, "hold", "finish")).toBe(true);
  expect(isHeldAfter(...running, "hold", "resume")).toBe(false);
  expect(isHeldAfter(...running, "hold", "reopen")).toBe(false);
  expect(isHeldAfter(...running, "pause")).toBe(false);
});

it("ends for good, and becomes a draft again only by reopening", () => {
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      for (const { act, before, after } of play(attempts)) {
        expect(before.state).not.toBe("done");
        expect(act === "refuse" || act === "reopen").toBe(
          after.state === "draft" && act !== "save",
        );
        expect(after.state === "in-review").toBe(act === "submit");
        expect(after.state === "paused").toBe(act === "pause" || act === "hold");
      }
    }),
    manyRuns,
  );
});

it("is resumed after it paused itself by a reviewer only", () => {
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      for (const { act, mayResumeHeld, before } of play(attempts)) {
        expect(act === "resume" && before.isHeld && !mayResumeHeld).toBe(false);
      }
    }),
    manyRuns,
  );
});

it.each([
  ["draft", ["save", "submit"]],
  ["in-review", ["approve", "refuse", "reopen"]],
  ["approved", ["reopen", "start", "finish"]],
  ["running", ["pause", "hold", "finish"]],
  ["paused", ["reopen", "resume", "finish"]],
  ["done", []],
] as const)("lets do with what is %s nothing but %j", (state, acts) => {
  expect(listActs(state)).toEqual(acts);
});

it("explains why other acts are not possible", () => {
  const officer = { id: "ada", mayResumeHeld: true };
  for (const state of CampaignState.options) {
    const standing = { state, authors: [], isHeld: false };
    for (const act of CampaignAct.options) {
      const next = decideNextState(standing, act, officer);
      expect(next.fault === undefined).toBe(listActs(state).includes(act));
      expect(next.fault?.key ?? "campaign.act-unfit").toBe("campaign.act-unfit");
    }
  }
});
