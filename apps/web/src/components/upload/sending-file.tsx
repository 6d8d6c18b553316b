"use client";

import { useTranslations } from "next-intl";
import { Button } from "../button";
import { ByteSize } from "../byte-size";
import { Progress } from "../progress";
import type { UploadProgress } from "./send-file";

type SendingFileProps = { file: File; progress: UploadProgress; onStop: () => void };

/** Shows how much of a file has been read, and then how much of it has arrived. */
export function SendingFile({ file, progress, onStop }: SendingFileProps) {
  const t = useTranslations("upload");
  const { phase, bytes } = progress;
  const isReading = phase === "reading";
  const whole = Math.max(1, file.size);
  return (
    <div className="grid justify-items-start gap-3">
      <div className="w-full max-w-[46rem]">
        <Progress label={t(phase, { name: file.name })} value={bytes} max={whole}>
          {t.rich(isReading ? "read" : "sent", {
            sent: () => <ByteSize bytes={bytes} />,
            whole: () => <ByteSize bytes={file.size} />,
          })}
        </Progress>
      </div>
      <p aria-live="polite" className="sr-only">
        {t(isReading ? "quarterRead" : "quarter", {
          percent: Math.floor((bytes / whole) * 4) * 25,
        })}
      </p>
      <Button size="small" onClick={onStop}>
        {t("stop")}
      </Button>
    </div>
  );
}
