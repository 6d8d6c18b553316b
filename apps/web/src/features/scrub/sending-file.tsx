"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ByteSize } from "@/components/byte-size";
import { Progress } from "@/components/progress";

type SendingFileProps = { file: File; sentBytes: number; onStop: () => void };

/** How much of a file is there. */
export function SendingFile({ file, sentBytes, onStop }: SendingFileProps) {
  const t = useTranslations("newScrub");
  return (
    <div className="grid justify-items-start gap-3">
      <div className="w-full max-w-[46rem]">
        <Progress label={t("sending", { name: file.name })} value={sentBytes} max={file.size}>
          {t.rich("sent", {
            sent: () => <ByteSize bytes={sentBytes} />,
            whole: () => <ByteSize bytes={file.size} />,
          })}
        </Progress>
      </div>
      <p aria-live="polite" className="sr-only">
        {t("sendingQuarter", { percent: Math.floor((sentBytes / file.size) * 4) * 25 })}
      </p>
      <Button size="small" onClick={onStop}>
        {t("stop")}
      </Button>
    </div>
  );
}
