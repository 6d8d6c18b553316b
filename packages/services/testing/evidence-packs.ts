import path from "node:path";
import { FileComplaint } from "@ringfence/core/desk/complaint";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import { aSigner } from "@ringfence/core/testing/ledger";
import { aFolder, aNumber, anOrganization } from "@ringfence/db/testing";
import { unzipSync } from "fflate";
import { buildPackage } from "ringfence-verify/bundle";
import { aLedger } from "./ledger.ts";
import { aConsent, officer } from "./scenes.ts";
import { recordCalls } from "../src/calling/call/record.ts";
import { screenCall } from "../src/calling/screening/screen-call.ts";
import { recordConsent } from "../src/consents/consent/record.ts";
import { recordOptOut } from "../src/do-not-call/opt-out/record.ts";
import { type FileContext } from "../src/platform/context.ts";
import { openFiles } from "../src/platform/files/index.ts";
import { openKeys } from "../src/platform/keys/open-keys.ts";
import { commitScreenings } from "../src/proof/ledger/commit-screenings.ts";
import { sequenceBatch } from "../src/proof/ledger/sequence-entries.ts";
import { fileComplaint } from "../src/desk/complaint/file-complaint.ts";
import { rotateKey } from "../src/desk/key-rotation/rotate-key.ts";
import { makeEvidencePack } from "../src/desk/evidence-pack/make-pack.ts";

/** Folder with the built verifier, which `buildVerifier` fills. */
const verifierFolder = aFolder();
export const buildVerifier = () => buildPackage(verifierFolder);
const fontFolder = path.resolve(import.meta.dirname, "../fonts");

/** A person with a consent who was screened, called, refused on the call, and complains. */
export async function aPackCase(
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
export function requireWitness(policy: string): string {
  const vkey = writeNoteKey(aSigner("witness.test", "witness", 9).key);
  return policy.replace("quorum none", `witness w ${vkey}\nquorum w`);
}

export type Files = Awaited<ReturnType<Awaited<ReturnType<typeof aPackCase>>["make"]>>;

export const readText = (files: Files, name: string) => new TextDecoder().decode(files.get(name));
export const publishedKeys = (files: Files) => readText(files, "keys/jwks.json");
