"use client";
import { type Locale, say } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { KeyCap, takeFocus } from "@/components/single-keys";
import { useTRPC } from "@/trpc/client";
import { SayAloud } from "./say-aloud";

type WrongNumberProps = {
  /** E.164. */
  phone: string;
  /** Language of the person on the line. */
  locale: Locale;
  onRecorded: () => void;
};

/** Records that somebody else answers at this number. From then on nobody calls it until an officer has looked. */
export function WrongNumber({ phone, locale, onRecorded }: WrongNumberProps) {
  const t = useTranslations("call.wrongNumber");
  const trpc = useTRPC();
  const report = useMutation(
    trpc.suppression.reportWrongNumber.mutationOptions({ onSuccess: onRecorded }),
  );
  return (
    <>
      <output aria-live="assertive">
        {report.data && (
          <p tabIndex={-1} ref={takeFocus} className="font-semibold">
            {t("done")}
          </p>
        )}
      </output>
      {report.data ? (
        <SayAloud lang={locale}>
          <p>{say(locale, { key: "call.wrong-number" })}</p>
        </SayAloud>
      ) : (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!report.isPending) report.mutate({ phone });
          }}
        >
          {report.error && (
            <Banner tone="bad" role="alert" title={t("failed", { reason: report.error.message })} />
          )}
          <p>{t("body")}</p>
          <div>
            {/* Stays enabled while it records, because a disabled button loses the focus. */}
            <Button type="submit" look="danger">
              {t(report.isPending ? "recording" : "record")} <KeyCap name="Enter" isOnButton />
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
