import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { twoSellers } from "../../../testing/segment-scene.ts";
import { everybody, sixPeople } from "../../../testing/waterfall-scene.ts";
import { sampleRule } from "./sample-rule.ts";

it("finds where people of a rule would end that is not saved", async () => {
  const { ctx } = await sixPeople();
  const { faults, sample } = await sampleRule(ctx, { rule: everybody });
  expect(faults).toEqual([]);
  expect(sample).toMatchObject({
    contacts: 6,
    counts: { number: 1, consent: 1, refusals: 1, suppressions: 1, callable: 2 },
  });
  const survey = await sampleRule(ctx, { rule: everybody, purpose: "survey" });
  expect(survey.sample?.counts).toMatchObject({ number: 1, consent: 5, callable: 0 });
  const nobody = await sampleRule(ctx, { rule: { is: "any", of: [] } });
  expect(nobody.sample?.counts).toMatchObject({ number: 0, callable: 0 });
});

it("says what is wrong with a rule, each at its node", async () => {
  const rule = {
    is: "all" as const,
    of: [{ is: "attribute" as const, field: "town", test: { test: "present", isPresent: true } }],
  } as const;
  const asked = { rule: { ...rule, of: [...rule.of] } };
  expect(await sampleRule(await aContext(), asked)).toMatchObject({
    faults: [{ path: "/of/0/field", message: { key: "segment.field-unknown" } }],
    sample: null,
  });
});

it("is not for agents, and finds nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  await expect(sampleRule(as(ctx, "agent"), { rule: everybody })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { sample } = await sampleRule(await aContext(), { rule: everybody });
  expect(sample).toMatchObject({ contacts: 0, counts: { callable: 0 } });
});

it("samples nobody by their consent to a seller that is not the member's", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const asked = { rule: theirs };
  await expect(sampleRule(marketer, asked)).rejects.toMatchObject({ code: "forbidden" });
  expect((await sampleRule(marketer, { rule: mine })).sample).toMatchObject({ contacts: 6 });
});
