import { Readable } from "node:stream";
import { ApiKeyId, PhoneId, SellerId } from "@ringfence/core/ids";
import { type Action, type Actor, Scope, may } from "@ringfence/core/platform/access";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { openDb } from "@ringfence/db";
import { aSeller, anOrganization, toOwnerUrl } from "@ringfence/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { attemptCall } from "../testing/attempt-call.ts";
import { type Attack, attacks } from "../testing/attacks.ts";
import { aMessageSender } from "../testing/confirmations.ts";
import { password } from "../testing/members.ts";
import {
  type Everything,
  anOrganizationWithEverything,
} from "../testing/organization-with-everything.ts";
import { db } from "../testing/scenes.ts";
import { createChangeCounter, createTenantReader } from "../testing/tenant-rows.ts";
import { hashPassword } from "./account/member/password.ts";
import { type FileContext, type RootContext, inTransaction } from "./platform/context.ts";
import { allJobs } from "./jobs.ts";
import { command, query } from "./platform/verb.ts";
import { allVerbs } from "./verbs.ts";

/*
 * Calls every verb on behalf of one organization, with records of another. It must be refused or answer with
 * what is the caller's own: nothing of the other organization may come out, and nothing of it may change.
 */

/** The organization that is attacked. */
let theirs: Everything;
/** Texts in its rows that identify a record or a person. */
let secrets: readonly string[];
let passwordHash: string;
const { messages, messageSender } = aMessageSender();
const attempt = (call: () => Promise<unknown>) => attemptCall(call, messages);
const renderForm = () => Promise.reject(new Error("there is no browser"));
const { readDigests, readTexts } = await createTenantReader(db);
const changes = await createChangeCounter(db);
afterAll(changes.close);

beforeAll(async () => {
  passwordHash = await hashPassword(password);
  theirs = await anOrganizationWithEverything();
  const { organizationId } = await aStranger();
  const common = new Set([bundledRuleSetHash, ...(await readTexts(organizationId))]);
  const texts = await readTexts(theirs.ctx.organizationId);
  secrets = [...texts].filter((text) => isTelling(text) && !common.has(text));
}, 300_000);

/** True for ids, phones, mailboxes, references, secrets, and names and words of the organization. */
const isTelling = (text: string) =>
  /quartz|[\da-f]{8}-[\da-f]{4}-|\w@\w/i.test(text) ||
  /^(\+\d{8,}|[A-Z\d]{8}|(?=.*\d)\S{24,})$/.test(text);

/** The owner of an organization that has a seller with the same key, and nothing else. */
async function aStranger() {
  const organizationId = await anOrganization(db);
  await aSeller(db, organizationId, theirs.seller);
  const email = `${organizationId}@stranger.example`;
  const { id } = await db.prisma.member.create({
    data: { organizationId, email, name: "Eve", role: "owner", passwordHash },
  });
  return { organizationId, memberId: id };
}

/**
 * Jobs for whom verbs are that nobody else may call. The last ones are in no queue: they act for the link of a weekly
 * report, for `pnpm found` and for `pnpm ledger recover`.
 */
const jobs = [
  ...allJobs.map(({ name }) => name),
  "report-link",
  "organization.found",
  "opt-out.recover",
];

/** The owner if they may do any of these, otherwise the first who may. */
function findActor(actions: readonly Action[], memberId: string): Actor {
  const actors: Actor[] = [
    { type: "member", id: memberId, role: "owner", sellerIds: [], isProven: true },
    { type: "key", id: theirs.apiKeyId, scopes: Scope.options },
    { type: "person", phoneId: theirs.calledPhoneId, code: "sms" },
    { type: "form", id: theirs.formId },
    { type: "visitor", page: "my" },
    ...jobs.map((name) => ({ type: "job", name }) as const),
  ];
  const actor = actors.find((actor) => actions.some((action) => may(actor, action)));
  if (!actor) throw new Error(`no actor may ${actions.join(" or ")}`);
  return actor;
}

/** Returns the secrets in a text that were not in the input. */
function findSecrets(text: string, input: unknown): readonly string[] {
  const given = JSON.stringify([input]);
  return secrets.filter((secret) => text.includes(secret) && !given.includes(secret));
}

/**
 * Digests of the attacked organization after the last attack, so that the next one need not read them again; null if one
 * of its own members has changed something since.
 */
let known: Awaited<ReturnType<typeof readDigests>> | null = null;

/** The numbers, names and addresses of the people whom the attacked organization knows. */
async function listPeople() {
  const where = { organizationId: theirs.ctx.organizationId };
  const phones = await db.prisma.phone.findMany({ where, select: { e164: true } });
  const contacts = await db.prisma.contact.findMany({ where, select: { name: true, email: true } });
  const texts = [...phones, ...contacts].flatMap((row) => Object.values(row));
  return texts.flatMap((text) => (text !== null && text.length > 4 ? [text] : []));
}

type Caller = Awaited<ReturnType<typeof aStranger>>;

/** Calls as the attacker, and returns the outcome with what it shows and changes of the other organization. */
async function observe(call: () => Promise<unknown>, input: unknown) {
  const { organizationId } = theirs.ctx;
  const before = known ?? (await readDigests(organizationId));
  const count = await changes.readCount();
  const { outcome, text } = await attempt(call);
  const after = (await changes.readCount()) === count ? before : await readDigests(organizationId);
  known = after;
  const changed = [...after].filter(([table, digest]) => before.get(table) !== digest);
  return { outcome, shown: findSecrets(text, input), changed: changed.map(([table]) => table) };
}

/** Queries by which jobs write numbers to a connected dialer, whose deliveries are on record. */
const streamsOfJobs = { streamBlockedNumbers: true, streamOptedOutNumbers: true };

const attackOn: ReadonlyMap<string, Attack<unknown>> = new Map(Object.entries(attacks));

describe.each(allVerbs.map((verb) => [verb.name, verb] as const))("%s", (name, verb) => {
  const call = (ctx: unknown, input: unknown) => verb(ctx as never, input);

  function prepare({ organizationId, memberId }: Caller) {
    const attack = attackOn.get(name);
    if (!attack) throw new Error(`no attack with ${name}`);
    const person = attack.person?.(theirs);
    const actor: Actor = person
      ? { type: "person", phoneId: person, code: "sms" }
      : findActor(verb.actions, memberId);
    const outside = { messageSender, publicUrl: "https://rf.example", renderForm };
    const ctx: FileContext = { ...theirs.ctx, ...outside, organizationId, actor };
    const { expects, reason } = attack;
    const isRefusal = expects !== "answers" && reason === undefined;
    return { ctx, expects, isRefusal, input: () => attack.input(theirs) };
  }

  const prepareInside = () =>
    prepare({ organizationId: theirs.ctx.organizationId, memberId: theirs.ownerId });

  /** Calls as a colleague, and undoes what it did. */
  async function callInside() {
    const { ctx, input } = prepareInside();
    let inside = { outcome: "", text: "" };
    await inTransaction(ctx, async (ctx) => {
      inside = await attempt(() => call(ctx, input()));
      throw new Error("undo");
    }).catch(() => {});
    if (!inside.text.includes("opens its own transactions")) return inside;
    known = null;
    return attempt(() => call(ctx, input()));
  }

  it("shows and changes nothing of another organization", async () => {
    const { ctx, expects, input } = prepare(await aStranger());
    const called = await observe(() => call(ctx, input()), input());
    expect(called).toEqual({ outcome: expects, shown: [], changed: [] });

    if (verb.input instanceof z.ZodCustom) return;
    const { json }: { json?: unknown } = JSON.parse(JSON.stringify({ json: input() }));
    const received = await observe(() => verb.receive(ctx as never, json), json);
    expect(received).toMatchObject({ shown: [], changed: [] });
  });

  it("is refused for no other reason", async () => {
    const { expects, isRefusal } = prepareInside();
    const inside = await callInside();
    expect(isRefusal ? inside.outcome : "").not.toBe(expects);
  });

  const isUntraced = verb.kind === "query" && !verb.isAudited && !(name in streamsOfJobs);
  it.runIf(isUntraced)("shows nobody's number or name, because it leaves no trace", async () => {
    const { text } = await callInside();
    const people = await listPeople();
    expect(people).toContain(theirs.calledPhone);
    const given = JSON.stringify(prepareInside().input() ?? null);
    expect(people.filter((part) => text.includes(part) && !given.includes(part))).toEqual([]);
  });
});

describe("a verb that forgets the organization", () => {
  const action = "organization.change";
  // No policy restricts the owner of the tables, so that there is something to notice.
  const ownerUrl = toOwnerUrl(db.url);
  const owner = openDb(ownerUrl, ownerUrl);
  afterAll(() => owner.close());

  async function notice(call: (ctx: RootContext) => Promise<unknown>, input?: unknown) {
    const { organizationId, memberId } = await aStranger();
    const ctx = { ...theirs.ctx, db: owner, organizationId, actor: findActor([action], memberId) };
    return observe(() => call(ctx), input);
  }

  it("is shown nothing of another organization by the database", async () => {
    const list = query({
      name: "list",
      action,
      run: ({ db }) => db.inboundSource.findMany({ select: { account: true } }),
      audit: "none",
    });
    expect((await notice((ctx) => list({ ...ctx, db }))).shown).toEqual([]);
  });

  it("is noticed by a name that it lists", async () => {
    const list = query({
      name: "list",
      action,
      run: ({ db }) => db.inboundSource.findMany({ select: { account: true } }),
      audit: "none",
    });
    expect((await notice((ctx) => list(ctx))).shown).toEqual(["quartz.example"]);
  });

  it("is noticed by a phone in a stream", async () => {
    const list = query({
      name: "list",
      action,
      input: PhoneId,
      run: async ({ db }, id) => {
        const phone = await db.phone.findFirst({ where: { id } });
        return { content: Readable.from([`phone\n${phone?.e164}\n`]) };
      },
      audit: "none",
    });
    const id = theirs.calledPhoneId;
    const { shown } = await notice((ctx) => list(ctx, id), id);
    expect(shown).toEqual([theirs.calledPhone]);
  });

  it("is noticed by a row that it changes", async () => {
    const rename = command({
      name: "rename",
      action,
      input: ApiKeyId,
      run: ({ db }, id) => db.apiKey.updateMany({ where: { id }, data: { name: "Mine" } }),
      audit: "none",
    });
    const id = theirs.apiKeyId;
    const { changed } = await notice((ctx) => rename(ctx, id), id);
    expect(changed).toEqual(["public.api_key"]);
  });

  it("is noticed by a row that it adds", async () => {
    const add = command({
      name: "add",
      action,
      input: SellerId,
      run: ({ db }, id) =>
        db.$executeRaw`INSERT INTO seller (organization_id, id, key, name, sector)
          SELECT organization_id, gen_random_uuid(), 'mine', 'Mine', sector
          FROM seller WHERE id = ${id}::uuid`,
      audit: "none",
    });
    const id = theirs.sellerId;
    expect((await notice((ctx) => add(ctx, id), id)).changed).toEqual(["public.seller"]);
  });
});
