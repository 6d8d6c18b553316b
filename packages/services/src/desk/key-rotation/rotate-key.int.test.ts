import { cpSync, readdirSync } from "node:fs";
import { Phone } from "@ringfence/core/people/phone";
import { aFolder, aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { addKeyedData, anInstallation } from "../../../testing/installation.ts";
import { aFileContext, anUpload, runOnce } from "../../../testing/imports.ts";
import { asIntruder } from "../../../testing/ledger.ts";
import { aPermit } from "../../../testing/permits.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import { findPhone } from "../../people/phone/phones.ts";
import { readPermit } from "../../calling/screening/permit.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";
import { keyFileName } from "../../platform/keys/key-files.ts";
import { createCode, isCode, readLink, writeLink } from "../../platform/keys/links-and-codes.ts";
import { openKeys } from "../../platform/keys/open-keys.ts";
import { isOwnStatement } from "../../platform/keys/own-statement.ts";
import { openSecret } from "../../platform/keys/secrets.ts";
import { rotateKey } from "./rotate-key.ts";

/** Creates an installation with a running process, and a way to rotate its keys from another process. */
async function aRunningInstallation() {
  const { db, folder, open } = await anInstallation();
  const ctx = await addKeyedData({ db, keys: await open() });
  const rotate = (name: Parameters<typeof rotateKey>[2]) => rotateKey(db, folder, name);
  return { db, folder, open, ctx, rotate };
}

/** Records a person's opt-out from all calls, then erases the person. */
async function eraseAfterOptOut(ctx: RootContext): Promise<Phone> {
  const phone = Phone.parse(aNumber());
  await recordOptOut(ctx, { phone, channel: "api" });
  await erase(ctx, phone);
  return phone;
}

async function erase(ctx: RootContext, phone: Phone) {
  const known = await inTransaction(ctx, (ctx) => findPhone(ctx, phone));
  if (known === null) throw new Error("nobody has this number");
  await erasePerson(ctx, { person: { phoneId: known.id }, reason: "asked" });
}

const screened = async (ctx: RootContext, phone: Phone) => {
  const { verdict, refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
  return [verdict, refusals.some(({ reason }) => reason === "opted-out")];
};
const refused = ["refuse", true];

/** Reads a part of a signed statement. */
const read = (statement = "", part = 0) =>
  JSON.parse(Buffer.from(statement.split(".")[part] ?? "", "base64url").toString());

it("still refuses an erased number after the master key was rotated, even if it is imported with consent", async () => {
  const { ctx, rotate, open } = await aRunningInstallation();
  const phone = await eraseAfterOptOut(ctx);
  await rotate("master");
  await rotate("master");
  for (const keys of [ctx.keys, await open()]) {
    const later = { ...ctx, keys };
    const file = `phone,obtained_at,source,act,disclosure text\n${phone},2026-01-05,website,ticked,May we call?\n`;
    const files = await aFileContext(later);
    const { id } = await anUpload(files, "consents", file);
    const defaults = { purposes: "marketing", channels: "voice_live", disclosureLanguage: "en" };
    await runOnce(files, id, { defaults });
    await recordConsent(later, aConsent({ phone }));
    expect(await screened(later, phone)).toEqual(refused);
    const { results } = await screenBatch(later, {
      defaults: {},
      items: [{ phone, purpose: "marketing" }],
    });
    expect(results).toMatchObject([{ verdict: "refuse" }]);
  }
});

it("finds erased numbers after a rotation in a process that was started before it", async () => {
  const { ctx, rotate, open } = await aRunningInstallation();
  await rotate("master");
  const later = { ...ctx, keys: await open() };
  const phones = [await eraseAfterOptOut(later), await eraseAfterOptOut(ctx)];
  for (const phone of phones) {
    expect(await screened(ctx, phone)).toEqual(refused);
    expect(await screened(later, phone)).toEqual(refused);
  }
});

it("answers nothing about numbers on a host that lacks the new master key", async () => {
  const { db, ctx, folder, rotate } = await aRunningInstallation();
  const phone = await eraseAfterOptOut(ctx);
  const elsewhere = aFolder();
  cpSync(folder, elsewhere, { recursive: true });
  const host = { ...ctx, keys: await openKeys(db, elsewhere) };
  const { file } = await rotate("master");
  await expect(screened(host, phone)).rejects.toThrow(/master-2.key is missing/);
  await expect(eraseAfterOptOut(host)).rejects.toThrow(/master-2.key is missing/);
  cpSync(file, `${elsewhere}/${keyFileName("master", 2)}`);
  expect(await screened(host, phone)).toEqual(refused);
});

it("opens secrets, links and codes of an earlier master key", async () => {
  const { db, ctx, open, rotate } = await aRunningInstallation();
  const { organizationId, keys: old } = ctx;
  const parts = { organizationId, id: "01890000-0000-7000-8000-00000000000b" };
  const link = writeLink(old, "stop link", parts);
  const code = createCode(old, "person code", parts);
  const group = old.mac(organizationId, "hold-out group", "somebody");
  await rotate("master");

  const keys = await open();
  const { secret } = await db.prisma.endpoint.findFirstOrThrow({ where: { organizationId } });
  expect(openSecret(keys, organizationId, secret)).toMatch(/^whsec_/);
  expect(readLink(keys, "stop link", link)).toEqual(parts);
  expect(isCode(keys, "person code", parts, code)).toBe(true);
  expect(keys.mac(organizationId, "hold-out group", "somebody")).toEqual(group);
  expect(writeLink(keys, "stop link", parts)).not.toBe(link);
});

it("accepts form tokens and permits of a rotated key for a day", async () => {
  const { db, ctx, open, rotate } = await aRunningInstallation();
  const { organizationId } = ctx;
  const [token, link] = (["form token", "stop link"] as const).map((use) =>
    ctx.keys.mac(organizationId, use, "something"),
  );
  const before = ctx.keys.permit.id;
  await rotate("master");
  await rotate("permit");
  const counts = async () => {
    const keys = await open();
    return [
      keys.isMac(organizationId, "form token", "something", token ?? Buffer.of()),
      keys.isMac(organizationId, "stop link", "something", link ?? Buffer.of()),
      keys.permitKeys.some(({ id }) => id === before),
    ];
  };
  expect(await counts()).toEqual([true, true, true]);
  await asIntruder(db, "UPDATE installation_key SET created_at = created_at - interval '25 hours'");
  expect(await counts()).toEqual([false, true, false]);
});

it("opens what was wrapped and stated under earlier keys", async () => {
  const { ctx, open, rotate } = await aRunningInstallation();
  const phone = Phone.parse(aNumber());
  await recordOptOut(ctx, { phone, channel: "api" });
  await rotate("vault");
  await rotate("statement");

  const later = { ...ctx, keys: await open() };
  expect(later.keys.vault.id).not.toBe(ctx.keys.vault.id);
  const known = await inTransaction(later, (ctx) => findPhone(ctx, phone));
  await recordOptOut(later, { phone, channel: "sms" });
  const subjects = known ? [known.id] : [];
  const stated = await inTransaction(later, (ctx) => openStatements(ctx, { subjects }));
  expect(stated.map(({ claims }) => claims.phone)).toEqual([phone, phone]);
  const jwts = stated.map(({ jwt }) => jwt);
  expect(jwts.map((jwt) => isOwnStatement(later.keys, jwt))).toEqual([true, true]);
  await ctx.keys.refresh();
  expect(jwts.map((jwt) => isOwnStatement(ctx.keys, jwt))).toEqual([true, true]);
});

it("accepts a permit that was issued before the rotation", async () => {
  const { ctx, open, rotate } = await aRunningInstallation();
  const phone = Phone.parse(aNumber());
  const permit = await aPermit(ctx, { phone });
  await rotate("permit");
  expect(readPermit({ ...ctx, keys: await open() }, permit)).toMatchObject({ sub: phone });
});

it("states the rotation on the ledger, signed with the key in use until then, and reveals no secret", async () => {
  const { db, ctx, open, rotate } = await aRunningInstallation();
  await rotate("statement");
  await rotate("master");
  const { rows } = await db.pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.entry WHERE kind = 'key.rotation' ORDER BY entry_id",
  );
  const next = await open();
  expect(rows.map(({ statement }) => isOwnStatement(next, statement))).toEqual([true, true]);
  const [first, second] = rows.map(({ statement }) => statement);
  expect(read(first).kid).toBe(ctx.keys.statement.id);
  const publicKeys = { old: ctx.keys.statement.x, new: next.statement.x };
  expect(read(first, 1)).toMatchObject({ key: "statement", generation: 2, ...publicKeys });
  expect(Object.keys(read(second, 1)).toSorted()).toEqual(
    ["generation", "iat", "iss", "jti", "key", "kind"].toSorted(),
  );
});

it("rotates once per request, even if two come at once, and then needs every generation", async () => {
  const { ctx, folder, open, rotate } = await aRunningInstallation();
  const phone = await eraseAfterOptOut(ctx);
  const rotated = await Promise.all([rotate("master"), rotate("master"), rotate("vault")]);
  expect(rotated.map(({ generation }) => generation).toSorted((a, b) => a - b)).toEqual([2, 2, 3]);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(["master-2.key", "master-3.key"]));
  expect(await screened({ ...ctx, keys: await open() }, phone)).toEqual(refused);
});
