"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Banner } from "../banner";
import { Button } from "../buttons";
import { TableDrop } from "./table-drop";
import { type UploadResult, type UploadProgress, sendFile } from "./send-file";
import { ByteSize } from "../numbers";
import { Progress } from "../progress";

type TableUploadProps = {
  /** Address of the upload. */
  address: string;
  label: string;
  hint: string;
  /** Formats accepted besides tables, as in `accept` of an input. */
  others?: string;
  /** Message after the upload, for pages that do not show its result themselves. */
  taken?: string;
};

/** Uploads a list, or one sheet of a workbook. The page then shows the result. */
export function TableUpload({ address, label, hint, others, taken }: TableUploadProps) {
  const t = useTranslations("upload");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [timesTaken, setTimesTaken] = useState(0);
  const [sending, setSending] = useState<File | null>(null);
  const { progress, refused, send, stop } = useUpload(() => {
    setFile(null);
    setSending(null);
    setTimesTaken((times) => times + 1);
    router.refresh();
  });
  const isSending = sending !== null && progress !== null;
  const isTaken = timesTaken > 0 && file === null && !refused;
  return (
    <div className="grid max-w-[40rem] gap-4 pt-3">
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      <output>{isTaken && taken}</output>
      {isSending && <SendingFile file={sending} progress={progress} onStop={stop} />}
      {/* Keeps the chosen file, in case it has to be sent again. */}
      <div hidden={isSending} className="grid gap-4">
        <TableDrop
          key={timesTaken}
          label={label}
          hint={hint}
          {...(others && { others })}
          onFile={setFile}
        />
        <div>
          <Button
            disabled={file === null}
            onClick={() => {
              setSending(file);
              if (file) void send(file, address);
            }}
          >
            {t("send")}
          </Button>
        </div>
      </div>
    </div>
  );
}

type Refused = Exclude<UploadResult, { id: unknown }>;

/** Uploads one file. `onTaken` gets the id under which it was stored. */
export function useUpload(onTaken: (id: string) => void) {
  /** Null if no upload is running, or if it was cancelled. */
  const current = useRef<AbortController>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);

  const stop = () => {
    current.current?.abort();
    current.current = null;
    setProgress(null);
  };
  const send = async (file: File, address: string) => {
    current.current?.abort();
    const sending = new AbortController();
    current.current = sending;
    setRefused(null);
    setProgress({ phase: "reading", bytes: 0 });
    const onProgress = (made: UploadProgress) => {
      if (current.current === sending) setProgress(made);
    };
    const answer = await sendFile(file, address, { onProgress, signal: sending.signal });
    if (current.current !== sending) return;
    if ("id" in answer) {
      onTaken(answer.id);
      return;
    }
    setProgress(null);
    setRefused(answer);
  };
  // The request outlives the page unless it is aborted here.
  useEffect(
    () => () => {
      current.current?.abort();
      current.current = null;
    },
    [],
  );
  return { progress, refused, send, stop };
}

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
