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
  const { ctx, phone, ...who } = await aCalledPerson();
  const one = { dialer: "predictive", campaign: "spring" };
  const times = Array.from({ length: 20 }, (_, n) => minutesAfter(n * 10 - 24 * 60));
  for (const at of times) await allowed(ctx, who, at);
  await called(
    ctx,
    phone,
    ...times.map((at, n) => ({ ...one, at, outcome: n === 3 ? "abandoned" : "reached" })),
  );
  return (await scan(ctx)).filter(({ campaign }) => campaign === "spring");
}

it("finds a campaign that abandons more than three percent in thirty days", async () => {
  expect(await abandonOneInTwenty()).toMatchObject([
    { severity: "serious", call: null, causes: [{ cause: "abandoned-calls", rule: "US.abandon" }] },
  ]);
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
