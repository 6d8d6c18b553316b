import { hash } from "@node-rs/argon2";
import { limitableRoles } from "@ringfence/core/account/member";
import { EvidenceFileId, MemberId, type SellerId, SessionId } from "@ringfence/core/ids";
import { type Actor, type Role, Scope, may } from "@ringfence/core/platform/access";
import { expect, it } from "vitest";
import { attemptCall } from "../testing/attempt-call.ts";
import { anEvidenceFile } from "../testing/evidence.ts";
import { password } from "../testing/members.ts";
import { as } from "../testing/scenes.ts";
import { listSecrets } from "../testing/secrets-of-seller.ts";
import {
  type SellerCase,
  type SellerRecords,
  recordForAllSellers,
  recordMore,
  sellerCases,
} from "../testing/seller-cases.ts";
import { createTenantReader } from "../testing/tenant-rows.ts";
import { recordForTwoSellers } from "../testing/two-sellers.ts";
import { createApiKeyFinder, makeApiKey } from "./account/api-key/index.ts";
import { toActor } from "./account/member/index.ts";
import { type FileContext, inTransaction } from "./platform/context.ts";
import type { VerbFacts } from "./platform/verb.ts";
import { allVerbs } from "./verbs.ts";

/*
 * Calls every verb with the records of one seller: first on behalf of somebody who works for that seller, then of
 * somebody who works for another seller of the same organization.
 */

type Caller = { ctx: FileContext; caller: SellerRecords["caller"] };

/** Roles that an owner can limit to some sellers, and API keys. */
const kinds = [...limitableRoles, "key"] as const;
type Kind = (typeof kinds)[number];

const noMember = {
  memberId: MemberId.parse("0195a000-0000-7000-8000-000000000001"),
  sessionId: SessionId.parse("0195a000-0000-7000-8000-000000000001"),
};
const noFile = EvidenceFileId.parse("0195a000-0000-7000-8000-000000000001");
/** Marketers record no consents. */
const noFiles = { spareFileId: noFile, letterFileId: noFile };

const isAllowed = (kind: Kind, { actions }: VerbFacts) => {
  const actor: Actor =
    kind === "key"
      ? { type: "key", id: "", scopes: Scope.options }
      : { type: "member", id: "", role: kind, sellerIds: [] };
  return actions.some((action) => may(actor, action));
};
const verbs = allVerbs.filter((verb) => kinds.some((kind) => isAllowed(kind, verb)));

async function scene() {
  const { all, shop, bank } = await recordForTwoSellers();
  const shared = await recordForAllSellers(all);
  const records = { ...(await recordMore(all, shop)), ...shared };
  const { db, organizationId } = all;
  const { readRowsNaming } = await createTenantReader(db);
  const passwordHash = await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });

  const join = async (role: Role, sellerIds: readonly SellerId[]) => {
    const email = `${role}-${sellerIds.join()}@example.com`;
    const { id } = await db.prisma.member.create({
      data: { organizationId, email, name: "Bo", role, sellerIds: [...sellerIds], passwordHash },
    });
    const now = new Date();
    const expiresAt = new Date(now.getTime() + 3_600_000);
    const session = await db.prisma.session.create({
      data: { organizationId, memberId: id, createdAt: now, provedAt: now, expiresAt },
    });
    const caller = { memberId: MemberId.parse(id), sessionId: SessionId.parse(session.id) };
    return { caller, actor: toActor({ ...caller, role, sellerIds, isProven: true }) };
  };
  const findApiKey = createApiKeyFinder(db);
  const createKey = async (sellers: SellerId[]) => {
    const owner = { ...all, ...as(all, "owner") };
    const reason = "It calls for us.";
    const given = { name: "Dialer", reason, scopes: [...Scope.options], sellers };
    const found = await findApiKey(`Bearer ${(await makeApiKey(owner, given)).key}`);
    if (found === null) throw new Error("the key is not valid");
    return { caller: noMember, actor: found.actor };
  };
  /** Somebody of this kind who works for these sellers; for all if there are none. */
  const createCaller = async (kind: Kind, sellerIds: SellerId[]): Promise<Caller> => {
    const created = await (kind === "key" ? createKey(sellerIds) : join(kind, sellerIds));
    const ctx = { ...all, actor: created.actor };
    if (kind === "marketer") return { ctx, caller: { ...noFiles, ...created.caller } };
    const { id: spareFileId } = await anEvidenceFile(ctx);
    const { id: letterFileId } = await anEvidenceFile(ctx, "scan");
    return { ctx, caller: { ...created.caller, spareFileId, letterFileId } };
  };
  const callers = new Map<Kind, Record<"shop" | "bank" | "everybody", Caller>>();
  for (const kind of kinds) {
    callers.set(kind, {
      shop: await createCaller(kind, [shop.sellerId]),
      bank: await createCaller(kind, [bank.sellerId]),
      everybody: await createCaller(kind, []),
    });
  }
  const ids = [
    shop.sellerId,
    shop.consent.id,
    shop.optOut.id,
    shop.scrubId,
    shop.formId,
    shop.disclosureId,
    shop.segmentId,
    shop.campaignId,
    records.runningCampaignId,
  ];
  let last: readonly string[] = [];
  /**
   * Reads which rows of the seller are new or changed since it was read before, without the audit trail, in which
   * whoever reads leaves a row.
   */
  const readChanges = async () => {
    const rows = await readRowsNaming(organizationId, ids);
    const known = new Set(last);
    last = rows.filter((row) => !row.startsWith("public.audit"));
    return last.filter((row) => !known.has(row));
  };
  await readChanges();
  return { records, shop, callers, readChanges };
}

it("has a case for every verb that agents, marketers or keys may call, and for no other", () => {
  expect(Object.keys(sellerCases).toSorted()).toEqual(verbs.map(({ name }) => name).toSorted());
});

type Scene = Awaited<ReturnType<typeof scene>>;
type Verb = (typeof allVerbs)[number];

async function observe(
  { records, shop, readChanges }: Scene,
  { ctx, caller }: Caller,
  { verb, input, isUndone = false }: { verb: Verb; isUndone?: boolean } & SellerCase<unknown>,
) {
  const of = { ...records, caller };
  const { outcome, text } = await call(ctx, { verb, input: () => input(of), isUndone });
  const shown = listSecrets(shop, input(of)).filter((secret) => text.includes(secret));
  return { outcome, text, shown, changed: await readChanges() };
}

const withoutTimes = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…");
const describeOutcome = ({ outcome, text }: { outcome: string; text: string }) =>
  `${outcome} ${text.replaceAll(/\s+/g, " ").slice(0, 200)}`;

/** The input needs a permission that this kind of caller lacks, so the case says nothing about them. */
const NOT_FOR_THEM = "not for them";

/** Says what is wrong when somebody who works for another seller calls the verb; null if nothing is. */
async function findFault(scene: Scene, verb: Verb, kind: Kind, one: SellerCase<unknown>) {
  const callers = scene.callers.get(kind);
  if (!callers) throw new Error(`nobody is a ${kind}`);
  const { expects } = one;
  const isForAll = expects === "all-sellers" || expects === "no-seller";
  // Taken back, so that it is still there for the one who must not have it.
  const isUndone = isForAll || expects === "refused";
  const asked = { verb, ...one };
  const right = await observe(scene, isForAll ? callers.everybody : callers.shop, {
    ...asked,
    isUndone,
  });
  // Such as for an import of a kind that marketers must not see.
  if (right.outcome === "forbidden" && verb.actions.length > 1) return NOT_FOR_THEM;
  // Records that everybody may make for any seller are taken back too: they change rows of that seller.
  const wrong = await observe(scene, callers.bank, { ...asked, isUndone: expects === "no-seller" });
  if (wrong.shown.length > 0) return `shows ${wrong.shown.join()}`;
  if (wrong.changed.length > 0) return `changes ${wrong.changed.join()}`;
  const outcomes = `${describeOutcome(right)}, then ${describeOutcome(wrong)}`;
  const isAnswered = right.outcome === "answers";
  const isRefused = /^(forbidden|not-found|invalid-field)$/.test(wrong.outcome);
  switch (expects) {
    case "refused":
    case "all-sellers":
      return isAnswered && isRefused ? null : outcomes;
    case "hidden": {
      const isThere = right.shown.length + right.changed.length > 0;
      return isAnswered && wrong.outcome === "answers" && isThere ? null : outcomes;
    }
    case "counted": {
      const everybody = await observe(scene, callers.everybody, asked);
      const again = await observe(scene, callers.everybody, asked);
      const [all, same, few] = [everybody, again, wrong].map(({ text }) => withoutTimes(text));
      const isOther = all === same && all !== few;
      return isAnswered && wrong.outcome === "answers" && isOther ? null : outcomes;
    }
    case "no-seller":
      return right.outcome !== "error" && wrong.outcome === right.outcome ? null : outcomes;
    case "person":
      return right.outcome === "error" && wrong.outcome === "error" ? null : outcomes;
  }
}

it(
  "shows and changes nothing of another seller, whoever calls and whichever verb",
  { timeout: 540_000 },
  async () => {
    const ready = await scene();
    const faults: string[] = [];
    const cases: ReadonlyMap<string, SellerCase<unknown>> = new Map(Object.entries(sellerCases));
    for (const verb of verbs) {
      const one = cases.get(verb.name);
      let isTried = false;
      for (const kind of kinds.filter((kind) => isAllowed(kind, verb))) {
        const fault = one && (await findFault(ready, verb, kind, one));
        if (fault === NOT_FOR_THEM) continue;
        isTried = true;
        if (fault) faults.push(`${verb.name} by ${kind}: ${fault}`);
      }
      if (!isTried) faults.push(`${verb.name}: nobody may call it with this input`);
    }
    expect(faults.join("\n")).toBe("");
  },
);

type Call = { verb: Verb; input: () => unknown; isUndone: boolean };

/** Calls a verb, and takes back what it did if asked, unless it opens its own transactions. */
async function call(given: FileContext, { verb, input, isUndone }: Call) {
  const messageSender = { email: null, sms: null };
  const ctx = { ...given, publicUrl: "https://rf.example", messageSender };
  const attempt = (ctx: unknown) => attemptCall(() => verb(ctx as never, input()));
  if (!isUndone) return attempt(ctx);
  let called = { outcome: "", text: "" };
  await inTransaction(ctx, async (ctx) => {
    called = await attempt(ctx);
    throw new Error("undo");
  }).catch(() => {});
  return called.text.includes("opens its own transactions") ? attempt(ctx) : called;
}
