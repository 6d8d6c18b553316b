import { createHash, generateKeyPairSync } from "node:crypto";
import path from "node:path";
import { FileComplaint } from "@ringfence/core/desk/complaint";
import { SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import { checkPack } from "@ringfence/core/proof/pack";
import { aSigner } from "@ringfence/core/testing/ledger";
import { aFolder, aNumber, anOrganization } from "@ringfence/db/testing";
import { unzipSync, zipSync } from "fflate";
import { verify } from "ringfence-verify";
import { buildPackage } from "ringfence-verify/bundle";
import { beforeAll, describe, expect, it } from "vitest";
import { anEvidenceFile, anOfflineConsent, inPieces } from "../../../testing/evidence.ts";
import { aLedger } from "../../../testing/ledger.ts";
import { aConsent, as, officer } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { recordOfflineConsents } from "../../consents/consent/record-offline.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { findPhone } from "../../people/phone/phones.ts";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { evidenceFile, openFiles } from "../../platform/files/index.ts";
import { parseSigningKey } from "../../platform/keys/signing-key.ts";
import { openKeys } from "../../platform/keys/open-keys.ts";
import { commitScreenings } from "../../proof/ledger/commit-screenings.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { sequenceBatch } from "../../proof/ledger/sequence-entries.ts";
import { listAudit } from "../audit-log/list-audit.ts";
import { fileComplaint } from "../complaint/file-complaint.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";
import { rotateKey } from "../key-rotation/rotate-key.ts";
import { type PackEvidence, readEvidenceFiles } from "./evidence-files.ts";
import { listEvidencePacks, makeEvidencePack } from "./make-pack.ts";
import { sealPack } from "./seal-pack.ts";

const verifierFolder = aFolder();
beforeAll(() => buildPackage(verifierFolder));
const fontFolder = path.resolve(import.meta.dirname, "../../../fonts");

/** A person with a consent who was screened, called, refused on the call, and complains. */
async function aCase(
  prepare: (ctx: FileContext, phone: string) => Promise<unknown> = async () => {},
) {
  const { db, sign } = await aLedger();
  const folder = aFolder();
  const open = () => openKeys(db, folder);
  const keys = await open();
  const organizationId = await anOrganization(db);
  const ctx: FileContext = {
    db,
    keys,
    organizationId,
    actor: officer,
    files: openFiles(aFolder()),
  };
  const phone = aNumber();
  const { id: consentId } = await recordConsent(ctx, aConsent({ phone }));
  await prepare(ctx, phone);
  const screening = await screenCall(ctx, { phone, purpose: "marketing" });
  const call = { phone, purpose: "marketing", at: new Date().toISOString(), outcome: "refused" };
  await recordCalls(ctx, { rows: [{ ...call, externalId: "call-1", screening: screening.id }] });
  await recordOptOut(ctx, { phone, channel: "agent" });
  const { id: optOutId } = await db.prisma.optOut.findFirstOrThrow();
  const { id: complaint } = await fileComplaint(
    ctx,
    FileComplaint.parse({
      phone,
      text: "They called at dinner.",
      source: "regulator",
      regulator: { authority: "Federal Trade Commission", reference: "2026-17" },
    }),
  );
  if (complaint === undefined) throw new Error("the complaint was not recorded");
  const settings = { fontFolder, verifierFolder };
  const make = async (by: FileContext = ctx, reason = "The FTC asked for it.") => {
    const asked = { complaint, regulator: "us" as const, locale: "en" as const, reason };
    const { zip } = await makeEvidencePack(by, { ...asked, ...settings });
    return new Map(Object.entries(unzipSync(zip)));
  };
  const publish = async () => {
    await commitScreenings(ctx);
    while ((await sequenceBatch(db)) !== 0);
    await sign();
  };
  const rotate = () => rotateKey(db, folder, "statement");
  return {
    ctx,
    phone,
    consentId,
    optOutId,
    screening,
    complaint,
    make,
    publish,
    rotate,
    open,
  };
}

/** The policy of a log, with a witness that must have signed. */
function requireWitness(policy: string): string {
  const vkey = writeNoteKey(aSigner("witness.test", "witness", 9).key);
  return policy.replace("quorum none", `witness w ${vkey}\nquorum w`);
}

type Files = Awaited<ReturnType<Awaited<ReturnType<typeof aCase>>["make"]>>;

const readText = (files: Files, name: string) => new TextDecoder().decode(files.get(name));
const publishedKeys = (files: Files) => readText(files, "keys/jwks.json");

it("has the screening before the call, everything stated since, and the proofs, with its reason in the audit trail", async () => {
  const { ctx, make, publish, screening, consentId, optOutId, complaint } = await aCase();
  await publish();
  const files = await make();

  const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
  const { verdict, steps } = checkPack(files, trust);
  expect(steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(verdict).toBe("holds");
  expect(JSON.parse(readText(files, `past/screenings/${screening.id}.json`))).toMatchObject({
    id: screening.id,
    verdict: screening.verdict,
    checked: { rules: expect.any(String) },
  });
  const { rules } = JSON.parse(readText(files, `explained/screenings/${screening.id}.json`));
  expect([...rules.deciding, ...rules.others].map(({ citation }) => citation)).not.toEqual([]);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      `certificates/${consentId}.json`,
      `certificates/${optOutId}.json`,
      `past/law/${rules.hash}.json`,
      "summary.pdf",
      "verify/ringfence-verify.mjs",
    ]),
  );
  expect(JSON.parse(readText(files, "complaint.json"))).toMatchObject({
    id: complaint,
    regulatorReference: "2026-17",
  });
  expect(JSON.parse(readText(files, "regulator.json"))).toMatchObject({ id: "us" });
  expect(await listEvidencePacks(ctx, complaint)).toMatchObject([
    { regulator: "us", by: { type: "member" }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  const { items } = await listAudit.receive(ctx, { kind: "taken" });
  expect(items).toMatchObject([
    {
      action: "evidence-pack.make",
      reason: "The FTC asked for it.",
      details: { complaintId: complaint },
    },
  ]);
});

it("has the same records of the past, byte for byte, after an opt-out, another person's erasure and a key rotation", async () => {
  const { ctx, make, publish, rotate, open, phone } = await aCase();
  await publish();
  const before = await make();

  const stranger = Phone.parse(aNumber());
  await recordOptOut(ctx, { phone: stranger, channel: "api" });
  const known = await inTransaction(ctx, (ctx) => findPhone(ctx, stranger));
  if (known) await erasePerson(ctx, { person: { phoneId: known.id }, reason: "asked" });
  await recordOptOut(ctx, { phone, channel: "sms" });
  await rotate();
  const later = { ...ctx, keys: await open() };
  await publish();
  const after = await make(later);

  const past = [...before].filter(([name]) => name.startsWith("past/"));
  expect(past.length).toBeGreaterThan(4);
  expect([...after].filter(([name]) => past.some(([before]) => before === name))).toEqual(past);
  expect(later.keys.statement.id).not.toBe(ctx.keys.statement.id);
  const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(after) };
  expect(checkPack(after, trust).verdict).toBe("holds");
});

it("says what is not in the ledger yet", async () => {
  const { make } = await aCase();
  const files = await make();
  const { verdict, steps } = checkPack(files, { keys: publishedKeys(files) });
  expect(verdict).toBe("promised");
  expect(steps.find(({ step }) => step === "inclusion")).toMatchObject({
    message: { key: "verify.pack.not-yet-included" },
  });
});

it("is made by nobody who works for one seller, has not just proved who they are, or is an agent", async () => {
  const { ctx, make } = await aCase();
  await expect(make()).resolves.toBeInstanceOf(Map);
  const ada = { type: "member", id: "ada", role: "officer" } as const;
  const unproven = { ...ctx, actor: { ...ada, sellerIds: [] } };
  await expect(make(unproven)).rejects.toMatchObject({ code: "proof-needed" });
  await expect(make({ ...ctx, ...as(ctx, "agent") })).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await ctx.db.prisma.seller.findFirstOrThrow();
  const limited = { ...ada, sellerIds: [SellerId.parse(id)], isProven: true };
  await expect(make({ ...ctx, actor: limited })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("is made for no reason that names the person, because the reason stays after an erasure", async () => {
  const { ctx, make, phone } = await aCase();
  const contact = { phones: [phone], name: "Grace Hopperova", email: "grace.h@example.org" };
  await recordContacts(ctx, { rows: [{ externalId: "grace", ...contact }] });
  const national = phone.slice(-10);
  for (const reason of [
    "Case Hopperova against us",
    "A court asks about grace.h@EXAMPLE.org.",
    `A court asks about ${national.slice(0, 3)} ${national.slice(3)}.`,
  ]) {
    await expect(make(ctx, reason)).rejects.toMatchObject({
      code: "invalid-field",
      explanation: { key: "pack.reason-names-person" },
    });
  }
  await expect(make(ctx, "A court asks for it, case 2026/17.")).resolves.toBeInstanceOf(Map);
});

describe("recordings and scans", () => {
  /** A case whose person also agreed on a recorded call. */
  async function aRecordedCase() {
    const uploaded: Awaited<ReturnType<typeof anEvidenceFile>>[] = [];
    const made = await aCase(async (ctx, phone) => {
      const file = await anEvidenceFile(ctx);
      await recordOfflineConsents(ctx, anOfflineConsent(file.id, { phone }));
      uploaded.push(file);
    });
    const [file] = uploaded;
    if (file === undefined) throw new Error("nothing was uploaded");
    const hash = createHash("sha256").update(file.bytes).digest("hex");
    return { ...made, file, hash, path: `past/evidence/${hash}.wav` };
  }
  const listEvidence = (files: Files): PackEvidence[] =>
    JSON.parse(readText(files, "evidence.json"));
  const hasBytes = (files: Files, bytes: Uint8Array) =>
    [...files.values()].some((content) => Buffer.from(content).includes(Buffer.from(bytes)));

  it("are in the pack as they were uploaded, and proven by the statement that names them", async () => {
    const { ctx, make, publish, file, hash, path: name } = await aRecordedCase();
    await publish();
    const files = await make();
    expect(Buffer.from(files.get(name) ?? []).equals(file.bytes)).toBe(true);
    expect(listEvidence(files)).toMatchObject([
      { kind: "recording", sha256: hash, path: name, leftOut: null },
    ]);
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
    expect(checkPack(files, trust).verdict).toBe("holds");
    expect((await make()).get(name)).toEqual(files.get(name));
  });

  it("are left out with the reason if the file is gone or was changed", async () => {
    const { ctx, make, file, hash, path: name } = await aRecordedCase();
    const stored = evidenceFile(ctx.organizationId, file.id);
    await ctx.files.write(stored, inPieces(Buffer.from("RIFF another recording")));
    const changed = await make();
    expect(changed.has(name)).toBe(false);
    expect(listEvidence(changed)).toMatchObject([{ sha256: hash, path: null, leftOut: "changed" }]);
    await ctx.files.erase(stored);
    expect(listEvidence(await make())).toMatchObject([{ sha256: hash, leftOut: "missing" }]);
  });

  it("are left out if the earlier ones leave no room", async () => {
    const { ctx, phone, file } = await aRecordedCase();
    const second = await anEvidenceFile(ctx, "scan");
    const letter = anOfflineConsent(second.id, {
      phone,
      means: "paper",
      obtainedAt: "2026-03-02T10:00:00Z",
    });
    await recordOfflineConsents(ctx, letter);
    const read = (maxBytes: number) =>
      inTransaction(ctx, async (tx) => {
        const found = await findPhone(tx, Phone.parse(phone));
        const statements = await openStatements(tx, { subjects: [found?.id ?? ""] });
        const { listed } = await readEvidenceFiles(
          { ...tx, files: ctx.files },
          statements,
          maxBytes,
        );
        return listed.map(({ leftOut }) => leftOut);
      });
    const { length } = file.bytes;
    expect(await read(length + second.bytes.length)).toEqual([null, null]);
    expect(await read(length)).toEqual([null, "too-large"]);
    expect(await read(length - 1)).toEqual(["too-large", null]);
  });

  it("of somebody else get into no pack, even if a row of the database says that they are the person's", async () => {
    const { ctx, make, file } = await aRecordedCase();
    const other = await anEvidenceFile(ctx);
    await recordOfflineConsents(ctx, anOfflineConsent(other.id));
    const { organizationId } = ctx;
    await ctx.db.prisma.evidence.updateMany({
      where: { organizationId, fileId: file.id },
      data: { fileId: other.id },
    });
    const files = await make();
    expect(hasBytes(files, other.bytes)).toBe(false);
    expect(listEvidence(files)).toMatchObject([{ path: null, leftOut: "changed" }]);
  });

  it("of the same number at another organization get into no pack", async () => {
    const { ctx, make, phone, file } = await aRecordedCase();
    const organizationId = await anOrganization(ctx.db);
    const others = { ...ctx, organizationId };
    const theirs = await anEvidenceFile(others);
    await recordOfflineConsents(others, anOfflineConsent(theirs.id, { phone }));
    const files = await make();
    expect(hasBytes(files, file.bytes)).toBe(true);
    expect(hasBytes(files, theirs.bytes)).toBe(false);
  });

  it("cannot be exchanged even by the issuer", async () => {
    const { ctx, make, publish, path: name } = await aRecordedCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const another = new TextEncoder().encode("RIFF another recording");
    const anotherName = `past/evidence/${createHash("sha256").update(another).digest("hex")}.wav`;
    for (const exchanged of [name, anotherName]) {
      const files = new Map(whole).set(exchanged, another);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      const { verdict, steps } = await verify(zip, trust);
      expect(verdict).toBe("broken");
      expect(steps.filter(({ outcome }) => outcome === "failed")).toMatchObject([
        { step: "evidence", message: { values: { file: exchanged } } },
      ]);
    }
  });

  it("are in no pack after the person is erased", async () => {
    const { ctx, make, phone, file } = await aRecordedCase();
    const found = await inTransaction(ctx, (ctx) => findPhone(ctx, Phone.parse(phone)));
    if (found) await erasePerson(ctx, { person: { phoneId: found.id }, reason: "asked" });
    const files = await make();
    expect(listEvidence(files)).toEqual([]);
    expect(hasBytes(files, file.bytes)).toBe(false);
  });
});

describe("whoever changes a pack", () => {
  /** Changes a pack that is genuine, and checks it. */
  const check = async (change: (files: Files, screeningPath: string) => void) => {
    const { ctx, make, publish, screening } = await aCase();
    await publish();
    const files = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
    expect(checkPack(files, trust).verdict).toBe("holds");
    change(files, `past/screenings/${screening.id}.json`);
    const { verdict, steps } = checkPack(files, trust);
    return { verdict, failed: steps.filter(({ outcome }) => outcome === "failed") };
  };
  const edit = (files: Files, name: string, from: string | RegExp, to: string) => {
    const text = readText(files, name);
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    files.set(name, new TextEncoder().encode(changed));
  };

  it("cannot change a file", async () => {
    const { verdict, failed } = await check((files) =>
      edit(files, "complaint.json", "dinner", "noon"),
    );
    expect(verdict).toBe("broken");
    expect(failed[0]?.message).toEqual({
      key: "verify.pack.file-changed",
      values: { file: "complaint.json" },
    });
  });

  it("cannot add one", async () => {
    const { failed } = await check((files) => files.set("past/calls/x.json", new Uint8Array([1])));
    expect(failed[0]?.message.key).toBe("verify.pack.file-added");
  });

  it("cannot take one away", async () => {
    const { failed } = await check((files, screeningPath) => files.delete(screeningPath));
    expect(failed[0]?.message.key).toBe("verify.pack.file-missing");
  });

  it("cannot change the list of files", async () => {
    const { verdict } = await check((files) =>
      edit(files, "manifest.json", /"bytes":\d/, '"bytes":9'),
    );
    expect(verdict).toBe("broken");
  });

  it("is not taken for the issuer by a reader who has the policy of the log alone", async () => {
    const { ctx, make, publish, open } = await aCase();
    await publish();
    const files = await make();
    const policy = await readLogPolicy(ctx.db);
    expect(checkPack(files, { policy, keys: publishedKeys(files) }).anchor).toBe("reader");
    // Their own keys are in the pack as if they were the issuer's.
    files.delete("manifest.json");
    files.delete("manifest.jws");
    edit(files, "complaint.json", "dinner", "noon");
    const stranger = generateKeyPairSync("ed25519").privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    const key = parseSigningKey(stranger.toString());
    const [own] = JSON.parse(publishedKeys(files)).keys;
    const keys = { keys: [own, { kty: "OKP", crv: "Ed25519", x: key.x, kid: key.id }] };
    files.set("keys/jwks.json", new TextEncoder().encode(JSON.stringify(keys)));
    const { zip } = sealPack(
      { ...ctx, keys: { ...(await open()), statement: key }, now: new Date() },
      files,
    );
    const forged = new Map(Object.entries(unzipSync(zip)));
    expect(checkPack(forged, { policy })).toMatchObject({ verdict: "holds", anchor: "file" });
  });

  it("cannot sign the list with a key of their own", async () => {
    const { failed } = await check((files) => {
      const [, payload = "", signature = ""] = readText(files, "manifest.jws").split(".");
      const kid = "A".repeat(43);
      const head = JSON.stringify({ alg: "EdDSA", typ: "ringfence-pack+jwt", kid });
      const jws = [Buffer.from(head).toString("base64url"), payload, signature].join(".");
      files.set("manifest.jws", new TextEncoder().encode(jws));
    });
    expect(failed[0]?.message.key).toBe("verify.signature-stranger");
  });
});

describe("even the issuer", () => {
  it("cannot change a record, a statement, a rule or a proof and sign the list again", async () => {
    const { ctx, make, publish, screening } = await aCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const law = [...whole.keys()].find((name) => name.startsWith("past/law/")) ?? "";
    const proof = [...whole.keys()].find((name) => /^proofs\/.*\.json$/.test(name)) ?? "";
    const certificate = [...whole.keys()].find((name) => name.startsWith("certificates/")) ?? "";
    const statement = [...whole.keys()].find((name) => name.startsWith("past/statements/")) ?? "";
    const unsignedClaim = Buffer.from('["salt","note","They agreed."]').toString("base64url");
    type Replacement = string | ((text: string) => string);
    const forge = async (name: string, from: string | RegExp, to: Replacement) => {
      const files = new Map(whole);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      const text = readText(files, name);
      const changed = typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
      expect(changed).not.toBe(text);
      files.set(name, new TextEncoder().encode(changed));
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      return verify(zip, trust);
    };
    const record = `past/screenings/${screening.id}.json`;
    const unchanged = await forge("README.txt", "EVIDENCE", "Evidence");
    expect(unchanged.verdict).toBe("holds");
    const failed = async (...how: Parameters<typeof forge>) =>
      (await forge(...how)).steps
        .filter(({ outcome }) => outcome === "failed")
        .map(({ step }) => step);
    expect(await failed(record, /"verdict":"\w+"/, '"verdict":"other"')).toEqual(["records"]);
    expect(await failed(statement, /^[^.]+\.[^.]+/, (jwt) => `${jwt}A`)).toEqual(["statements"]);
    expect(await failed(statement, /~$/, `~${unsignedClaim}~`)).toEqual(["statements"]);
    expect(await failed(law, /"as_of"|"asOf"/, '"as__of"')).toEqual(["law"]);
    expect(await failed(proof, /"leaf": ".{40}/, '"leaf": "')).toContain("inclusion");
    expect(await failed(certificate, /"statement": "./, '"statement": "x')).toEqual([
      "certificates",
    ]);
  });

  it("cannot leave out a statement's proof, the rules below others, or what followed a consent", async () => {
    const { ctx, make, publish, consentId } = await aCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const check = (change: (files: Files) => void) => {
      const files = new Map(whole);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      change(files);
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      return checkPack(new Map(Object.entries(unzipSync(zip))), trust);
    };
    const findStep = ({ steps }: ReturnType<typeof checkPack>, name: string) =>
      steps.find(({ step }) => step === name);
    const statement = [...whole.keys()].find((name) => name.startsWith("past/statements/")) ?? "";
    const proof = statement.replace("past/statements/", "proofs/").replace(".txt", ".json");
    expect(
      findStep(
        check((files) => files.delete(proof)),
        "statements",
      ),
    ).toMatchObject({
      outcome: "failed",
    });
    const cut = check((files) => {
      const name = `certificates/${consentId}.json`;
      const certificate = JSON.parse(readText(files, name));
      const { chainHead: _, ...rest } = { ...certificate, later: [] };
      files.set(name, new TextEncoder().encode(JSON.stringify(rest)));
    });
    expect(cut.verdict).toBe("unclear");
    expect(findStep(cut, "certificates")?.message).toEqual({
      key: "verify.pack.certificate-unclear",
      values: { file: `certificates/${consentId}.json` },
    });
    const laws = [...whole.keys()].filter((name) => name.startsWith("past/law/"));
    for (const law of laws) {
      expect(
        findStep(
          check((files) => files.delete(law)),
          "law",
        )?.outcome,
      ).toBe("absent");
    }
  });

  it("is not taken for proven as long as too few witnesses have confirmed the log", async () => {
    const { ctx, make, publish } = await aCase();
    await publish();
    const files = await make();
    const policy = requireWitness(await readLogPolicy(ctx.db));
    const { verdict, steps } = checkPack(files, { policy, keys: publishedKeys(files) });
    expect(verdict).toBe("promised");
    expect(steps.find(({ step }) => step === "inclusion")?.message.key).toBe(
      "verify.pack.not-witnessed",
    );
  });

  it("cannot hide a file in a ZIP by giving it the name of another one or of no property", async () => {
    const { make } = await aCase();
    const files = await make();
    const zipped = (name: string, rename: string) => {
      const zip = zipSync(
        { ...Object.fromEntries(files), [name]: new Uint8Array([1]) },
        { level: 0 },
      );
      // The new name has the same length, so nothing else of the ZIP changes.
      const text = Buffer.from(zip).toString("latin1").replaceAll(name, rename);
      return verify(new Uint8Array(Buffer.from(text, "latin1")));
    };
    expect(await verify(zipSync(Object.fromEntries(files)))).toMatchObject({ verdict: "promised" });
    for (const verification of [
      await zipped("complaint.jsox", "complaint.json"),
      await zipped("past/xxxx", "__proto__"),
    ]) {
      expect(verification.verdict).toBe("broken");
      expect(verification.steps.map(({ message }) => message.key)).toContain(
        "verify.pack.zip-broken",
      );
    }
  });
});
