"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { Banner } from "./banner";
import { Button } from "./buttons";
import { PrintButton } from "./client-buttons";
import { LocalTime } from "./dates";

type HandOutCodeProps = {
  phoneId: string;
  /** Why the member may not issue a code. */
  whyNot: string | undefined;
};

/** Creates a code that the member reads aloud. It is shown only once. */
export function SpokenCode({ phoneId, whyNot }: HandOutCodeProps) {
  const t = useTranslations("handOutCode");
  const handOut = useMutation(useTRPC().ownRecord.handOut.mutationOptions());
  const { data } = handOut;
  return (
    <div className="grid justify-items-start gap-2">
      <Button
        size="small"
        whyNot={whyNot}
        busy={handOut.isPending && t("making")}
        onClick={() => handOut.mutate({ phoneId })}
      >
        {t("spoken")}
      </Button>
      {handOut.error && <Banner tone="bad" role="alert" title={handOut.error.message} />}
      <output>
        {data && (
          <div className="grid gap-1">
            <p>{t("readAloud")}</p>
            <p className="font-mono text-2xl">{spaced(data.code)}</p>
            <p className="break-all">{data.address}</p>
            <p className="text-sm text-muted">
              {t.rich("spokenUntil", { time: () => <LocalTime instant={data.validUntil} /> })}
            </p>
          </div>
        )}
      </output>
    </div>
  );
}

/** Creates a letter with a code. Printing the page prints only the letter. */
export function CodeLetter({
  phoneId,
  whyNot,
  organization,
  name,
}: HandOutCodeProps & { organization: string; name: string | null }) {
  const t = useTranslations("handOutCode");
  const print = useMutation(useTRPC().ownRecord.print.mutationOptions());
  const { data } = print;
  return (
    <div className="grid justify-items-start gap-2">
      <Button
        size="small"
        whyNot={whyNot}
        busy={print.isPending && t("making")}
        onClick={() => print.mutate({ phoneId })}
      >
        {t("letter")}
      </Button>
      {print.error && <Banner tone="bad" role="alert" title={print.error.message} />}
      <output>
        {data && (
          <div className="grid gap-3">
            <p className="max-w-[38rem] text-sm text-muted">{t("letterNote")}</p>
            <PrintButton>{t("printLetter")}</PrintButton>
            <div className="letter grid max-w-[42rem] gap-4 border border-line p-6">
              <p className="font-semibold">{organization}</p>
              {name !== null && <p>{name}</p>}
              <p>{t("letterLead", { organization })}</p>
              <p className="break-all">{data.address}</p>
              <p className="font-mono text-2xl">{spaced(data.code)}</p>
              <p>
                {t.rich("letterUntil", { time: () => <LocalTime instant={data.validUntil} /> })}
              </p>
              {/* oxlint-disable-next-line nextjs/no-img-element -- drawn here, and no file */}
              <img
                src={`data:image/svg+xml;base64,${data.picture}`}
                alt={t("qr")}
                width={128}
                height={128}
              />
              <p>{t("letterStop")}</p>
            </div>
          </div>
        )}
      </output>
    </div>
  );
}

/** Splits a code in two, so that it is easy to read aloud: `123 456`. */
const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;
