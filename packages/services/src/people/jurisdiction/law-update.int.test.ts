import { randomUUID } from "node:crypto";
import {
  LawDocument,
  bundledLaw,
  hashRuleSet,
  lawDocument,
  serializeRuleSet,
} from "@ringfence/core/people/jurisdiction";
import { afterAll, beforeEach, expect, it } from "vitest";
import { removeInstalledLaws } from "../../../testing/laws.ts";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { anUnverifiedRule, eased } from "../../../testing/rule-scene.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { generateSigningKey, parseSigningKey } from "../../platform/internal.ts";
import { requireMemberId } from "../../account/member/internal.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { screenFewPeople, screenManyPeople } from "../../audience/segment/screen-people.ts";
import { readSnapshot } from "../../calling/scrub/internal.ts";
import { answerLawAcceptance, listLawUpdates, proposeLawAcceptance } from "./accept-law.ts";
import { easeRule } from "./ease-rule.ts";
import { installBundledLaw } from "./install-law.ts";
import { listUpcomingChanges } from "./list-upcoming-changes.ts";
import { signLawUpdate, updateLaw } from "./law-update.ts";

const publisher = parseSigningKey(generateSigningKey());
const trusted = [publisher.x];
const reason = "Counsel has read the new text.";
let day = Date.parse("2027-01-01");

/** The law that is in force, of the next day, after a change. */
async function nextLaw(change: (law: LawDocument) => void): Promise<LawDocument> {
  const installed = await db.prisma.installedLaw.findFirst({
    orderBy: { number: "desc" },
    include: { rules: true },
  });
  // Stored laws have no examples: those of the program are still right for what did not change.
  const examples = new Map(
    lawDocument.jurisdictions.flatMap(({ rules }) =>
      rules.map((rule) => [rule.rule_id, Reflect.get(rule, "examples")] as const),
    ),
  );
  const stored = LawDocument.parse(JSON.parse(installed?.rules.document ?? serializeRuleSet()));
  const law = LawDocument.parse({
    ...stored,
    as_of: new Date((day += 86_400_000)).toISOString().slice(0, 10),
    jurisdictions: stored.jurisdictions.map((place) => ({
      ...place,
      rules: place.rules.map((rule) => ({
        ...rule,
        ...(examples.get(rule.rule_id) && { examples: examples.get(rule.rule_id) }),
      })),
    })),
  });
  change(law);
  return law;
}

const toFile = (law: LawDocument, by = publisher) =>
  JSON.stringify(
    signLawUpdate(by, {
      format: "ringfence-law-update/1",
      summary: "A test of an update.",
      base: null,
      removed: [],
      ...law,
    }),
  );

const send = (text: string) => updateLaw({ db, keys }, { text, trusted, isWanted: true });

const requireRule = (law: LawDocument, id: string) => {
  const rule = law.jurisdictions
    .flatMap(({ rules }) => rules)
    .find(({ rule_id }) => rule_id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};

/** Texas lets no insurer call, whatever people consent to. */
const banInTexas = (law: LawDocument) => {
  const texas = law.jurisdictions.find(({ id }) => id === "US-TX");
  texas?.rules.push({
    ...requireRule(law, "US-TX.hours"),
    rule_id: "US-TX.test.ban",
    type: "dialer_restriction",
    effect: "block",
    when: { sector: ["insurance"] },
    value: { prohibited: ["all"] },
    confidence: "B",
    effective_from: null,
    effective_to: null,
    examples: [
      {
        phone: "+1 512 555 0100",
        at: "2026-03-02T10:00:00-06:00",
        attributes: {},
        expected: { verdict: "allow", reason: null },
        why: "The seller is no insurer.",
      },
      {
        phone: "+1 512 555 0100",
        at: "2026-03-02T10:00:00-06:00",
        attributes: { sector: "insurance" },
        expected: { verdict: "refuse", reason: "dialer-not-allowed" },
        why: "The seller is an insurer.",
      },
    ],
  });
};
const liftBan = (law: LawDocument) => {
  const texas = law.jurisdictions.find(({ id }) => id === "US-TX");
  if (texas) texas.rules = texas.rules.filter(({ rule_id }) => rule_id !== "US-TX.test.ban");
};

async function aCaller() {
  const { ctx } = await aMember();
  const { ctx: other } = await aMember({ of: { ctx } });
  const { organizationId } = ctx;
  await db.prisma.seller.updateMany({ where: { organizationId }, data: { sector: "insurance" } });
  const { phone } = await aCallablePhone(ctx, { region: "US-TX" });
  const screened = () => screenCall(ctx, { phone, purpose: "marketing" });
  const isBanned = async () =>
    (await screened()).refusals.some(({ rule }) => rule === "US-TX.test.ban");
  return { ctx, other, screened, isBanned };
}

const put = async (change: (law: LawDocument) => void) => {
  const outcome = await send(toFile(await nextLaw(change)));
  expect(outcome.faults).toEqual([]);
  return outcome;
};

const countLaws = () => db.prisma.installedLaw.count();

beforeEach(async () => {
  await installBundledLaw({ db, keys });
  await put(liftBan);
});

afterAll(removeInstalledLaws);

it("judges every organization by a stricter law from the next call on, without a restart", async () => {
  const { isBanned, screened } = await aCaller();
  expect(await isBanned()).toBe(false);
  await put(banInTexas);
  expect(await isBanned()).toBe(true);
  const current = await db.prisma.installedLaw.findFirst({ orderBy: { number: "desc" } });
  expect((await screened()).checked.rules).toBe(current?.ruleSet);
});

it("keeps a rule that ends until two officers accept it, for each organization by itself", async () => {
  await put(banInTexas);
  const one = await aCaller();
  const another = await aCaller();
  await put(liftBan);
  const newcomer = await aCaller();
  expect([await one.isBanned(), await another.isBanned(), await newcomer.isBanned()]).toEqual([
    true,
    true,
    false,
  ]);
  const { waiting } = await listLawUpdates(one.ctx);
  expect(waiting).toMatchObject([{ part: "rule US-TX.test.ban", effect: "looser", after: null }]);

  const changes = waiting.map(({ hash }) => hash);
  const { id } = await proposeLawAcceptance(one.ctx, { changes, reason });
  expect(await one.isBanned()).toBe(true);
  const own = answerLawAcceptance(one.ctx, { id, isAccepted: true, reason });
  await expect(own).rejects.toMatchObject({ code: "forbidden" });
  const foreign = answerLawAcceptance(another.other, { id, isAccepted: true, reason });
  await expect(foreign).rejects.toMatchObject({ code: "not-found" });
  expect(await one.isBanned()).toBe(true);

  await answerLawAcceptance(one.other, { id, isAccepted: true, reason });
  expect([await one.isBanned(), await another.isBanned()]).toEqual([false, true]);
  await expect(
    answerLawAcceptance(one.other, { id, isAccepted: true, reason }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("changes nothing when a proposal is declined", async () => {
  await put(banInTexas);
  const { ctx, other, isBanned } = await aCaller();
  await put(liftBan);
  const { waiting } = await listLawUpdates(ctx);
  const changes = waiting.map(({ hash }) => hash);
  const { id } = await proposeLawAcceptance(ctx, { changes, reason });
  await answerLawAcceptance(other, { id, isAccepted: false, reason });
  expect(await isBanned()).toBe(true);
  expect((await listLawUpdates(ctx)).acceptances).toMatchObject([
    { answer: { isAccepted: false } },
  ]);
});

it("lists an open proposal first, however many were answered after it", async () => {
  await put(banInTexas);
  const { ctx, other } = await aCaller();
  await put(liftBan);
  const changes = (await listLawUpdates(ctx)).waiting.map(({ hash }) => hash);
  const { id } = await proposeLawAcceptance(ctx, { changes, reason });

  const { organizationId } = ctx;
  const [proposedBy, answeredBy] = [requireMemberId(ctx), requireMemberId(other)];
  const later = Array.from({ length: 21 }, (_, minute) => {
    const at = new Date(Date.now() + minute * 60_000);
    const row = { organizationId, reason };
    return {
      proposal: { ...row, id: randomUUID(), parts: [], changes: [], proposedBy, proposedAt: at },
      answer: { ...row, isAccepted: false, answeredBy, answeredAt: at },
    };
  });
  await db.prisma.lawAcceptance.createMany({ data: later.map(({ proposal }) => proposal) });
  await db.prisma.lawAcceptanceAnswer.createMany({
    data: later.map(({ proposal, answer }) => ({ ...answer, acceptanceId: proposal.id })),
  });

  const newest = later.map(({ proposal }) => proposal.id).toReversed();
  const { acceptances } = await listLawUpdates(ctx);
  expect(acceptances.map((one) => one.id)).toEqual([id, ...newest.slice(0, 20)]);
});

it("names exactly what judged a call, so that a past verdict keeps its law", async () => {
  await put(banInTexas);
  const { screened } = await aCaller();
  await put(liftBan);
  const { checked } = await screened();
  const stored = await db.prisma.ruleSet.findUniqueOrThrow({ where: { hash: checked.rules } });
  const current = await db.prisma.installedLaw.findFirst({ orderBy: { number: "desc" } });
  expect(hashRuleSet(stored.document)).toBe(checked.rules);
  expect(JSON.parse(stored.document)).toMatchObject({
    base: current?.ruleSet,
    kept: { "rule US-TX.test.ban": { jurisdiction: "US-TX" } },
  });
});

it("reads the law of a scrub in its snapshot, so that a later update does not change it", async () => {
  const { ctx } = await aCaller();
  const snapshot = await readSnapshot(ctx, ctx.organizationId, null);
  await put(banInTexas);
  const next = await readSnapshot(ctx, ctx.organizationId, null);
  expect(snapshot.settings.law.book.rules.some(({ id }) => id === "US-TX.test.ban")).toBe(false);
  expect(next.settings.law.book.rules.some(({ id }) => id === "US-TX.test.ban")).toBe(true);
});

it.each([screenFewPeople, screenManyPeople])(
  "judges a waterfall by both laws, however many people there are",
  async (screenPeople) => {
    await put(banInTexas);
    const { ctx, other } = await aCaller();
    await put(liftBan);
    const { organizationId } = ctx;
    const { ordinal } = await db.prisma.contact.findFirstOrThrow({ where: { organizationId } });
    const findStep = async () => {
      const { places } = await screenPeople(ctx, { purpose: "marketing" }, [ordinal]);
      return places;
    };
    expect(await findStep()).toEqual(["law"]);
    const changes = (await listLawUpdates(ctx)).waiting.map(({ hash }) => hash);
    const { id } = await proposeLawAcceptance(ctx, { changes, reason });
    await answerLawAcceptance(other, { id, isAccepted: true, reason });
    expect(await findStep()).not.toEqual(["law"]);
  },
);

it("makes an eased rule refuse again once its text changes", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  await easeRule(ctx, eased);
  expect(await acts()).toBe("warns");
  await put((law) => {
    requireRule(law, "BE.auto").effective_from = "2014-06-01";
  });
  expect(await acts()).toBe("refuses");
});

it("lets a rule that the organization eased only warn when the law no longer has it", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  await easeRule(ctx, eased);
  await put((law) => {
    for (const place of law.jurisdictions) {
      place.rules = place.rules.filter(({ rule_id }) => rule_id !== "BE.auto");
    }
  });
  expect((await listLawUpdates(ctx)).waiting.map(({ part }) => part)).toContain("rule BE.auto");
  expect(await acts()).toBe("warns");
});

it("rejects a file that was altered, signed by somebody else, or not signed", async () => {
  const before = await countLaws();
  const law = await nextLaw(banInTexas);
  const good = toFile(law);
  const stranger = parseSigningKey(generateSigningKey());
  const refused = [
    good.replace("US-TX.test.ban", "US-TX.test.bat"),
    toFile(law, stranger),
    JSON.stringify({ ...JSON.parse(good), signature: "a.b.c" }),
    JSON.stringify(law),
    "no JSON",
  ];
  for (const text of refused) expect((await send(text)).faults).toHaveLength(1);
  const untrusted = await updateLaw({ db, keys }, { text: good, trusted: [], isWanted: true });
  expect(untrusted.faults).toEqual([expect.stringContaining("RINGFENCE_LAW_KEYS")]);
  expect(await countLaws()).toBe(before);
});

it("rejects a law that is older than the one in force or was in force before", async () => {
  const old = toFile(await nextLaw(() => {}));
  const again = toFile(await nextLaw(banInTexas));
  expect((await send(again)).faults).toEqual([]);
  await put(liftBan);
  const before = await countLaws();
  expect((await send(old)).faults).toEqual([expect.stringContaining("in force is dated")]);
  expect((await send(again)).faults).toEqual([expect.stringContaining("was in force before")]);
  expect(await countLaws()).toBe(before);
});

it("rejects a law whose rules contradict each other or their examples, and says where", async () => {
  const capped = await nextLaw((law) => {
    const rule = requireRule(law, "US-FL.cap");
    if (rule.type === "frequency_cap") rule.value.window = "P90D";
  });
  expect((await send(toFile(capped))).faults).toEqual([
    expect.stringContaining("Rule US-FL.cap: the window P90D"),
  ]);
  const wrong = await nextLaw((law) => {
    const rule = requireRule(law, "US-FL.cap");
    if (rule.type === "frequency_cap") rule.value.max = 30;
  });
  expect((await send(toFile(wrong))).faults).toEqual([
    expect.stringContaining("Rule US-FL.cap: the example outside it should give frequency-cap"),
  ]);
});

it("shows what an update would change without putting it in force", async () => {
  const before = await countLaws();
  const text = toFile(await nextLaw(banInTexas));
  const outcome = await updateLaw({ db, keys }, { text, trusted, isWanted: false });
  expect(outcome).toMatchObject({
    isApplied: false,
    changes: [{ part: "rule US-TX.test.ban", effect: "stricter", before: null }],
  });
  expect(await countLaws()).toBe(before);
});

it("states each law on the ledger, and does not return to that of an older program", async () => {
  await put(banInTexas);
  const before = await countLaws();
  await Promise.all([installBundledLaw({ db, keys }), installBundledLaw({ db, keys })]);
  expect(await countLaws()).toBe(before);
  const { rows } = await db.pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.entry WHERE kind = 'rules.changed' ORDER BY accepted_at",
  );
  const stated = rows.map(({ statement }) =>
    JSON.parse(Buffer.from(statement.split(".")[1] ?? "", "base64url").toString()),
  );
  expect(stated).toHaveLength(before);
  expect(stated[0]).toMatchObject({ rules: bundledLaw.hash, source: "release", previous: null });
  expect(stated.at(-1)).toMatchObject({ source: "update", keyId: publisher.id });
});

it("installs a watch list without anyone's acceptance, and rejects one with a fault", async () => {
  const { ctx } = await aCaller();
  const watched = {
    id: "US-TX.test-bill",
    jurisdiction: "US-TX",
    title: { en: "A test", ru: "Проверка" },
    status: "bill" as const,
    citation: "HB 1",
    expected_on: null,
    changes: { en: "Nothing changes.", ru: "Ничего не меняется." },
    confidence: "C" as const,
    sources: [],
    reviewed_on: "2026-12-01",
  };
  const watch = (item: object) => (law: LawDocument) => {
    law.watch = [{ ...watched, ...item }];
  };
  await put(watch({}));
  const bills = async () =>
    (await listUpcomingChanges(ctx)).changes.flatMap((change) =>
      change.kind === "watched" ? change.key : [],
    );
  expect(await bills()).toEqual(["watched US-TX.test-bill undated"]);
  expect((await listLawUpdates(ctx)).waiting).toEqual([]);

  const count = await countLaws();
  const outcome = await send(toFile(await nextLaw(watch({ jurisdiction: "AQ" }))));
  expect(outcome.faults).toEqual([
    "Watch item US-TX.test-bill: place AQ is not in the law. Add it, or correct the item.",
  ]);
  expect(await countLaws()).toBe(count);
  expect(await bills()).toEqual(["watched US-TX.test-bill undated"]);
});
