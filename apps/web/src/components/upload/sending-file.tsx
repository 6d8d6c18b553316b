"use client";

import { useTranslations } from "next-intl";
import { Button } from "../button";
import { ByteSize } from "../byte-size";
import { Progress } from "../progress";

type SendingFileProps = { file: File; sentBytes: number; onStop: () => void };

/** How much of a file is there. */
export function SendingFile({ file, sentBytes, onStop }: SendingFileProps) {
  const t = useTranslations("upload");
  return (
    <div className="grid justify-items-start gap-3">
      <div className="w-full max-w-[46rem]">
        <Progress
          label={t("sending", { name: file.name })}
          value={sentBytes}
          max={Math.max(1, file.size)}
        >
          {t.rich("sent", {
            sent: () => <ByteSize bytes={sentBytes} />,
            whole: () => <ByteSize bytes={file.size} />,
          })}
        </Progress>
      </div>
      <p aria-live="polite" className="sr-only">
        {t("quarter", { percent: Math.floor((sentBytes / Math.max(1, file.size)) * 4) * 25 })}
      </p>
      <Button size="small" onClick={onStop}>
        {t("stop")}
      </Button>
    </div>
  );
}
