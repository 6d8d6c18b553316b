import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { ByteSize } from "@/components/byte-size";
import { LocalTime } from "@/components/local-time";

/** What a file tells of, how large it is, and when it came. */
export function ImportNote({ view: { kind, bytes, createdAt } }: { view: ImportView }) {
  const t = useTranslations("imports");
  return (
    <>
      {t(`kinds.${kind}`)}, <ByteSize bytes={bytes} />, <LocalTime instant={createdAt} />
    </>
  );
}
