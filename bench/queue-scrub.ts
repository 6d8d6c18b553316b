import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { ScrubId } from "@ringfence/core/ids";
import type { FileContext } from "@ringfence/services/context";
import { scrubFile } from "@ringfence/services/platform/files";

/** Creates a waiting scrub with its file in place, so that only the worker's part is measured. */
export async function queueScrub({ db, files, organizationId }: FileContext, list: string) {
  const { id } = await db.prisma.scrub.create({
    data: {
      organizationId,
      fileName: "list.csv",
      bytes: BigInt((await stat(list)).size),
      settings: { header: true, phoneColumn: "phone", purpose: "marketing" },
      createdAt: new Date(),
      actor: {},
    },
  });
  const scrubId = ScrubId.parse(id);
  await files.write(scrubFile(organizationId, scrubId), createReadStream(list));
  return scrubId;
}
