import { command } from "../../platform/verb.ts";
import { type PurposeStanding, RecordLetter } from "@ringfence/core/consents/consent";
import type { ConsentId } from "@ringfence/core/ids";
import { ServiceError } from "../../platform/errors.ts";
import { assertFileOfPhone, claimEvidenceFile } from "../evidence/claim-evidence-file.ts";
import { readEveryEvent } from "./read-events.ts";
import { standingsOfConsents } from "./standings-of-consents.ts";
import { takeBack } from "./take-back.ts";

export type LetterOnRecord = {
  consents: readonly {
    id: ConsentId;
    /** False where it was withdrawn already: then the letter changed nothing. */
    isNew: boolean;
    standing: readonly PurposeStanding[];
  }[];
  /** `sha256:` and the hash of the scan. */
  hash: string;
};

/** Records that a person took back consents by letter, with its scan. Safe to repeat. */
export const recordLetter = command({
  name: "recordLetter",
  action: "consent.record",
  input: RecordLetter,
  run: async (ctx, { phoneId, consents, receivedAt, file: fileId }): Promise<LetterOnRecord> => {
    if (receivedAt > ctx.now) {
      const values = { receivedAt };
      throw new ServiceError("invalid", { key: "consent.letter-ahead", values }, "/receivedAt");
    }
    const letter = await claimEvidenceFile(ctx, { id: fileId, kind: "scan" });
    await assertFileOfPhone(ctx, letter, phoneId);
    const taken: { id: ConsentId; isNew: boolean }[] = [];
    let now = ctx;
    for (const consent of [...new Set(consents)].toSorted()) {
      const [known] = await readEveryEvent(ctx, { consent });
      if (known?.phoneId !== phoneId) {
        throw new ServiceError("not-found", { key: "consent.not-found" }, "/consents");
      }
      const said = { consent, purposes: undefined, at: receivedAt, channel: "paper" } as const;
      const { later, isNew } = await takeBack(ctx, known, { ...said, letter });
      taken.push({ id: consent, isNew });
      now = later;
    }
    const standings = await standingsOfConsents(
      now,
      taken.map(({ id }) => ({ id, phoneId })),
    );
    return {
      consents: taken.map((one, index) => ({ ...one, standing: standings[index] ?? [] })),
      hash: letter.hash,
    };
  },
  audit: "by run",
});
