import { endingOfType } from "@ringfence/core/consents/evidence";
import type { ConsentFile } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import { ByteSize } from "@/components/byte-size";
import { FileHash } from "./file-hash";

type EvidenceFilesProps = {
  files: readonly ConsentFile[];
  /** Why the member is not given them. */
  whyNot: string | undefined;
};

/** The recordings and scans that prove an event, with the hash that its statement names. */
export function EvidenceFiles({ files, whyNot }: EvidenceFilesProps) {
  const t = useTranslations("evidenceFile");
  return files.map(({ id, kind, mediaType, bytes, sha256 }) => (
    <div key={id} className="grid gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <b>{t(`kind.${kind}`)}</b>
        <span>
          {endingOfType(mediaType).toUpperCase()}, <ByteSize bytes={bytes} />
        </span>
        {whyNot === undefined ? (
          <a href={`/api/evidence/${id}`} download>
            {t("download")}
          </a>
        ) : (
          <span className="text-muted">{t("notGiven", { why: whyNot })}</span>
        )}
      </p>
      <FileHash hash={`sha256:${sha256}`} />
    </div>
  ));
}
