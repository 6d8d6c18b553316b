import { afterEach, expect, it } from "vitest";
import {
  requirePlaceRules,
  installChangedLaw,
  removeInstalledLaws,
} from "../../../testing/laws.ts";
import { aCalledPerson, allowed, called, minutesAfter, scan } from "../../../testing/violations.ts";

afterEach(removeInstalledLaws);

/** Places twenty predictive calls in the campaign "spring", one of them abandoned, and returns its violations. */
async function abandonOneInTwenty() {
  const { spring } = await aCampaignOverItsLimit();
  return spring();
}

async function aCampaignOverItsLimit() {
  const { ctx, phone, ...who } = await aCalledPerson();
  const one = { dialer: "predictive", campaign: "spring" };
  const times = Array.from({ length: 20 }, (_, n) => minutesAfter(n * 10 - 24 * 60));
  for (const at of times) await allowed(ctx, who, at);
  await called(
    ctx,
    phone,
    ...times.map((at, n) => ({ ...one, at, outcome: n === 3 ? "abandoned" : "reached" })),
  );
  const spring = async () => (await scan(ctx)).filter(({ campaign }) => campaign === "spring");
  /** Records a call of the campaign that a person answered on an earlier day. */
  const logLate = async (daysAgo: number) => {
    const at = minutesAfter(-(daysAgo * 24 * 60));
    await allowed(ctx, who, at);
    await called(ctx, phone, { ...one, at, outcome: "reached" });
  };
  return { spring, logLate };
}

it("finds a campaign that abandons more than three percent in thirty days", async () => {
  expect(await abandonOneInTwenty()).toMatchObject([
    { severity: "serious", call: null, causes: [{ cause: "abandoned-calls", rule: "US.abandon" }] },
  ]);
});

it("updates the violation on record when the log of an earlier day arrives late", async () => {
  const { spring, logLate } = await aCampaignOverItsLimit();
  const [first] = await spring();
  expect(first).toBeDefined();
  await logLate(3);
  expect(await spring()).toMatchObject([{ id: first?.id, causes: first?.causes }]);
});

it("records a violation for each of two rules whose periods begin on the same day", async () => {
  await installChangedLaw((law) => {
    const rules = requirePlaceRules(law, "US");
    rules.push(
      ...rules
        .filter(({ rule_id }) => rule_id === "US.abandon")
        .map((rule) => ({ ...rule, rule_id: "US.abandon.other" })),
    );
  });
  const found = await abandonOneInTwenty();
  const broken = found.flatMap(({ causes }) => causes.map(({ rule }) => rule));
  expect(broken).toHaveLength(2);
  expect(new Set(broken)).toEqual(new Set(["US.abandon", "US.abandon.other"]));
  expect(found).toHaveLength(2);
});
