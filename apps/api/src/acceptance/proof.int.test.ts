// The record says what happened, and anybody can verify it.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Scope } from "@ringfence/core/platform/access";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aFolder, aNumber } from "@ringfence/db/testing";
import { createApiKeyFinder, makeApiKey } from "@ringfence/services/account/api-key";
import { auditLedger } from "@ringfence/services/proof/ledger";
import { keys } from "@ringfence/services/testing";
import { aLedgerOffice } from "@ringfence/services/testing/certificates";
import { aDisclosure } from "@ringfence/services/testing/forms";
import { asIntruder } from "@ringfence/services/testing/ledger";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { scan, toCauses } from "@ringfence/services/testing/violations";
import { expect, it } from "vitest";
import { aCallablePerson, openClient } from "../../testing/callable-person.ts";
import { aListeningServer, files, owner } from "../../testing/listening.ts";

const { url } = await aListeningServer();
const folder = aFolder();

it("acceptance 4: records for each opt-in and opt-out when, from where, in which words, and by whom", async () => {
  const { ctx, post, read } = await aCallablePerson(url);
  const { id, version } = await aDisclosure(ctx);
  const [phone, obtainedAt, at] = [
    aNumber(),
    "2026-03-01T09:00:00.000Z",
    "2026-03-02T09:00:00.000Z",
  ];
  const said = {
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "checkout",
    obtainedAt,
  };
  const consent = { phone, ...said, disclosure: { id, version }, evidence: { act: "ticked" } };
  const optOut = { phone, channel: "sms", at, note: "Please stop" };
  const readClaims = async (path: string) => {
    const response = await read(`${path}/certificate.json`);
    return checkCertificate(JSON.stringify(response.answer)).claims;
  };

  const given = (await post("consents", consent)).answer;
  const refused = (await post("opt-outs", optOut)).answer;

  const recordedBy = { recorded_by: { type: "key" }, recorded_at: expect.stringMatching(/Z$/) };
  expect(await readClaims(`consents/${given.id}`)).toMatchObject({
    at: obtainedAt,
    source: "checkout",
    disclosure: { id, version },
    ...recordedBy,
  });
  expect(await readClaims(`opt-outs/${refused.id}`)).toMatchObject({
    at,
    channel: "sms",
    note: "Please stop",
    ...recordedBy,
  });
});

const row = (phone: string, more: object) => ({ phone, purpose: "marketing", ...more });

it("acceptance 9: lists the calls of a log that came after an opt-out, or that nobody asked about", async () => {
  const { ctx, phone, screen, post, refuse } = await aCallablePerson(url);
  const { phone: other } = await aCallablePhone(ctx);
  const allowed = (await screen(phone)).answer;
  const before = row(phone, {
    at: allowed.checked.at,
    screening: allowed.id,
    externalId: "before",
  });
  const unasked = row(other, { at: allowed.checked.at, externalId: "unasked" });
  await refuse(phone);
  const after = row(phone, { at: new Date(), screening: allowed.id, externalId: "after" });

  const log = [before, unasked, after].map((call) => JSON.stringify(call)).join("\n");
  const ndjson = { "content-type": "application/x-ndjson" };
  expect((await post("calls", log, ndjson)).answer).toMatchObject({ accepted: 3, rejected: 0 });

  const found = await scan(ctx);
  expect(toCauses(found)).toEqual([["opted-out"], ["without-permit"]]);
  expect(found.map(({ severity, call }) => [severity, call?.phone])).toEqual([
    ["grave", phone],
    ["minor", other],
  ]);
});

/** Runs the verifier as a stranger does: without our environment and without our servers. */
function verifyAsStranger(certificate: string) {
  const file = path.join(folder, "certificate.json");
  writeFileSync(file, certificate);
  const main = path.resolve(import.meta.dirname, "../../../../packages/verify/src/main.ts");
  return spawnSync(process.execPath, [main, file], { env: {}, encoding: "utf8" });
}

it("acceptance 12: is proven when the server is gone, and not when a byte or a row was changed", async () => {
  const { ctx, publish } = await aLedgerOffice();
  const { db, organizationId } = ctx;
  const { server, url } = await aListeningServer({
    installation: { db, keys, files },
    findApiKey: createApiKeyFinder(db),
  });
  const { key } = await makeApiKey(
    { ...ctx, actor: owner },
    { reason: "It calls for us.", name: "All", scopes: Scope.options },
  );
  const { read, refuse } = openClient(url, `Bearer ${key}`);
  const { id } = (await refuse("+12025550123")).answer;
  await publish();
  const certificate = async () =>
    JSON.stringify((await read(`opt-outs/${id}/certificate.json`)).answer);
  const good = await certificate();
  expect((await auditLedger(db)).faults).toEqual([]);

  const forged = `UPDATE ledger.entry SET statement = 'e30.e30.AAAA' WHERE organization_id = '${organizationId}'`;
  await expect(db.pool.query(forged)).rejects.toThrow("append-only");
  await asIntruder(db, forged);
  expect((await auditLedger(db)).faults).not.toEqual([]);
  await server.close();

  const { status, stdout } = verifyAsStranger(good);
  expect([status, stdout]).toEqual([0, expect.stringContaining("+12025550123")]);
  for (let at = 40; at < good.length; at += 400) {
    const letter = good[at] === "x" ? "y" : "x";
    const changed = good.slice(0, at) + letter + good.slice(at + 1);
    expect(verifyAsStranger(changed).status).not.toBe(0);
  }
});
