import { SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { serializePolicy } from "@ringfence/core/calling/policy";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { ZodError } from "zod";
import {
  aPolicyRule,
  aRuleOfKind,
  draftPolicy,
  putPolicy,
  twoOfficers,
  why,
} from "../../../testing/policies.ts";
import { listAuditDetails } from "../../../testing/rule-scene.ts";
import { as, db } from "../../../testing/scenes.ts";
import { readPolicyDraft, savePolicyDraft, startPolicyDraft, discardPolicyDraft } from "./draft.ts";
import { listPolicies } from "./list.ts";
import { publishPolicy } from "./publish.ts";

const now = { inForceFrom: null, reason: why };

it("publishes a draft of another officer, and states it on the ledger", async () => {
  const officers = await twoOfficers();
  const { id, hash } = await putPolicy(officers, [aPolicyRule()]);
  const { policies, drafts } = await listPolicies(officers.publisher);
  expect(policies).toMatchObject([{ id, hash, state: "in-force", rules: [aPolicyRule()] }]);
  expect(drafts).toEqual([]);
  const { rows } = await db.pool.query<{ kind: string }>(
    "SELECT kind FROM ledger.entry WHERE organization_id = $1 AND kind = 'policy.published'",
    [officers.writer.organizationId],
  );
  expect(rows).toHaveLength(1);
  expect(await listAuditDetails(officers.writer, "policy.publish")).toMatchObject([
    { policyId: id, hash, change: "published" },
  ]);
});

it("refuses a publication by somebody who began or changed the draft", async () => {
  const { writer, publisher } = await twoOfficers();
  const { draftId, hash } = await draftPolicy(writer, [aPolicyRule()]);
  await expect(publishPolicy(writer, { draftId, hash, ...now })).rejects.toMatchObject({
    code: "forbidden",
  });
  // One rule by each: then neither may publish it.
  const changed = await savePolicyDraft(publisher, {
    draftId,
    before: hash,
    rules: [aPolicyRule(), aPolicyRule({ id: "cap-2", days: 7 })],
  });
  for (const officer of [writer, publisher]) {
    await expect(
      publishPolicy(officer, { draftId, hash: changed.hash, ...now }),
    ).rejects.toMatchObject({ code: "forbidden" });
  }
  // The database refuses it too.
  const { document } = serializePolicy([aPolicyRule()]);
  const { organizationId } = writer;
  const [author] = (await db.prisma.policyDraft.findFirstOrThrow({ where: { organizationId } }))
    .authors;
  const at = new Date();
  const row = { organizationId, document, hash, inForceFrom: at, reason: why, publishedAt: at };
  await expect(
    db.prisma.policy.create({
      data: { ...row, authors: [author ?? ""], publishedBy: author ?? "" },
    }),
  ).rejects.toThrow("policy_two_officers");
});

it("refuses a draft that was changed after the officer had read it", async () => {
  const { writer, publisher } = await twoOfficers();
  const { draftId, hash } = await draftPolicy(writer, [aPolicyRule()]);
  await savePolicyDraft(writer, { draftId, before: hash, rules: [aPolicyRule({ calls: 9 })] });
  await expect(publishPolicy(publisher, { draftId, hash, ...now })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(savePolicyDraft(writer, { draftId, before: hash, rules: [] })).rejects.toMatchObject(
    { code: "conflict" },
  );
});

it("refuses a time in the past, and one more than a year ahead", async () => {
  const { writer, publisher } = await twoOfficers();
  const draft = await draftPolicy(writer, [aPolicyRule()]);
  for (const inForceFrom of [Date.now() - 1_000, Date.now() + 400 * DAY_MS]) {
    const input = { ...draft, reason: why, inForceFrom: new Date(inForceFrom) };
    await expect(publishPolicy(publisher, input)).rejects.toMatchObject({ code: "invalid-field" });
  }
  const { document, hash } = serializePolicy([]);
  const yesterday = new Date(Date.now() - DAY_MS);
  const { organizationId } = writer;
  const [author, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const row = {
    organizationId,
    document,
    hash,
    reason: why,
    authors: [author],
    publishedBy: other,
  };
  await expect(
    db.prisma.policy.create({
      data: { ...row, inForceFrom: yesterday, publishedAt: new Date() },
    }),
  ).rejects.toThrow("policy_not_back_dated");
  await expect(
    db.prisma.policy.create({ data: { ...row, inForceFrom: yesterday, publishedAt: yesterday } }),
  ).rejects.toThrow("published now");
});

it("refuses a draft that was begun before another policy was published", async () => {
  const officers = await twoOfficers();
  const { writer, publisher } = officers;
  const { draftId, hash } = await draftPolicy(writer, [aPolicyRule()]);
  const { organizationId } = writer;
  await db.prisma.policyDraft.updateMany({
    where: { organizationId, id: draftId },
    data: { basedOn: crypto.randomUUID() },
  });
  await expect(publishPolicy(publisher, { draftId, hash, ...now })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await readPolicyDraft(publisher, { draftId })).toMatchObject({ isOutdated: true });
  await discardPolicyDraft(writer, { draftId });
  await putPolicy(officers, [aPolicyRule()]);
  const same = await startPolicyDraft(writer, { sellerId: null });
  await expect(
    publishPolicy(publisher, { draftId: same.id, hash: same.hash, ...now }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("refuses rules that are looser than the law of a place, or not rules of a policy at all", async () => {
  const { writer } = await twoOfficers();
  const { id: draftId, hash: before } = await startPolicyDraft(writer, { sellerId: null });
  const atNight = aRuleOfKind("hours", {
    places: ["US-FL"],
    windows: [{ days: ["MO"], from: "07:00", to: "12:00" }],
    holidaysClosed: false,
  });
  await expect(
    savePolicyDraft(writer, { draftId, before, rules: [atNight] }),
  ).rejects.toMatchObject({ code: "invalid-field" });
  const smuggled: unknown[] = [
    { ...aPolicyRule(), effect: "warn" },
    { ...aRuleOfKind("consent", {}), model: "opt_out_with_registry" },
    { ...aPolicyRule(), calls: 0 },
    { ...aPolicyRule(), days: 400 },
    { ...aPolicyRule(), id: "hours-1" },
    { kind: "permit", id: "permit-1", places: null },
  ];
  for (const rule of smuggled) {
    await expect(
      savePolicyDraft.receive(writer, { draftId, before, rules: [rule] }),
    ).rejects.toThrow(ZodError);
  }
  expect(await readPolicyDraft(writer, { draftId })).toMatchObject({ rules: [] });
});

it("has one draft for each seller, and one for the organization", async () => {
  const { writer } = await twoOfficers();
  const sellerId = SellerId.parse(await aSeller(db, writer.organizationId));
  await startPolicyDraft(writer, { sellerId: null });
  const { id: draftId } = await startPolicyDraft(writer, { sellerId });
  for (const one of [null, sellerId]) {
    await expect(startPolicyDraft(writer, { sellerId: one })).rejects.toMatchObject({
      code: "conflict",
    });
  }
  expect(await readPolicyDraft(writer, { draftId })).toMatchObject({ seller: { id: sellerId } });
  const { writer: stranger } = await twoOfficers();
  await expect(startPolicyDraft(stranger, { sellerId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readPolicyDraft(stranger, { draftId })).rejects.toMatchObject({ code: "not-found" });
});

it("says which policy is in force, which comes later, and which was replaced", async () => {
  const officers = await twoOfficers();
  const first = await putPolicy(officers, [aPolicyRule()]);
  const later = await putPolicy(officers, [aPolicyRule({ calls: 2 })], {
    inForceFrom: new Date(Date.now() + 2 * DAY_MS),
  });
  const states = async () =>
    new Map((await listPolicies(officers.writer)).policies.map(({ id, state }) => [id, state]));
  expect(await states()).toEqual(
    new Map([
      [later.id, "scheduled"],
      [first.id, "in-force"],
    ]),
  );
  // One that begins at once replaces both.
  const urgent = await putPolicy(officers, []);
  expect(await states()).toEqual(
    new Map([
      [urgent.id, "in-force"],
      [later.id, "replaced"],
      [first.id, "replaced"],
    ]),
  );
});

it("shows an auditor everything and lets them change nothing; agents and marketers see none of it", async () => {
  const { writer } = await twoOfficers();
  const { draftId, hash } = await draftPolicy(writer, [aPolicyRule()]);
  const auditor = as(writer, "auditor");
  expect(await readPolicyDraft(auditor, { draftId })).toMatchObject({ hash });
  for (const attempt of [
    startPolicyDraft(auditor, { sellerId: null }),
    publishPolicy(auditor, { draftId, hash, ...now }),
    listPolicies(as(writer, "marketer")),
    readPolicyDraft(as(writer, "agent"), { draftId }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  }
});
