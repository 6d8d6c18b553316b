"use client";
import { type Message, fromStoredMessage, toStoredMessage } from "@ringfence/core/platform/message";
import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { MessageText } from "@/components/message-text";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { Empty, Section } from "@/components/page-layout";
import { FormChecks } from "@/components/form-checks";

type PlaceNames = Readonly<Record<string, string>>;

type PublishFormProps = {
  form: Pick<CaptureFormView, "id" | "faults" | "closedAt" | "versions">;
  /** Names of jurisdictions, by id. */
  places: PlaceNames;
  whyNot: string | undefined;
};

/** Publishes or closes the form, and lists the faults that prevent publication. */
export function PublishForm({ form, places, whyNot }: PublishFormProps) {
  const t = useTranslations("captureForm");
  const trpc = useTRPC();
  const { onSuccess } = useRefreshed();
  const publish = useMutation(trpc.captureForm.publish.mutationOptions({ onSuccess }));
  const close = useMutation(trpc.captureForm.close.mutationOptions({ onSuccess }));
  const { id: formId, faults, closedAt, versions } = form;
  const isOpen = closedAt === null && versions.length > 0;
  return (
    <div className="grid justify-items-start gap-3 pt-4">
      {faults.length > 0 && (
        <Banner tone="care" title={t("faults", { count: faults.length })}>
          <ul className="list-disc pl-4">
            {faults.map((message) => (
              <li key={JSON.stringify(message)}>
                <MessageText message={withPlaceName(message, places)} />
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <Button
          look="primary"
          whyNot={whyNot ?? (faults.length > 0 ? t("mendFirst") : undefined)}
          busy={publish.isPending && t("publishing")}
          onClick={() => publish.mutate({ formId })}
        >
          {t("publish")}
        </Button>
        {isOpen && (
          <Button
            whyNot={whyNot}
            busy={close.isPending && t("closing")}
            onClick={() => close.mutate({ formId })}
          >
            {t("close")}
          </Button>
        )}
      </div>
      {(publish.error ?? close.error) && (
        <Banner
          tone="bad"
          role="alert"
          title={publish.error?.message ?? close.error?.message ?? ""}
        />
      )}
    </div>
  );
}

/** Replaces the code of the jurisdiction that a message names with its name. */
function withPlaceName(message: Message, places: PlaceNames): Message {
  const { key, values } = toStoredMessage(message);
  const { jurisdiction } = values;
  if (typeof jurisdiction !== "string") return message;
  return fromStoredMessage({
    key,
    values: { ...values, jurisdiction: places[jurisdiction] ?? jurisdiction },
  });
}

type FormReportProps = {
  form: Pick<CaptureFormView, "id" | "draft" | "checks" | "answers">;
  /** The latest check: `isOpen` while it runs, `failure` if it failed. */
  run: { isOpen: boolean; failure: string | null };
  /** Names of jurisdictions, by id. */
  places: PlaceNames;
  whyNot: string | undefined;
};

/** Shows the check results of the page and the open questions. */
export function FormReport({ form, run, places, whyNot }: FormReportProps) {
  const t = useTranslations("formReport");
  const trpc = useTRPC();
  const { onSuccess } = useRefreshed();
  const check = useMutation(trpc.captureForm.check.mutationOptions({ onSuccess }));
  const answer = useMutation(trpc.captureForm.answer.mutationOptions({ onSuccess }));
  const { id, draft, checks, answers } = form;
  const fault = check.error?.message ?? answer.error?.message;
  return (
    <Section title={t("title")}>
      <div className="grid justify-items-start gap-3 pt-4">
        {draft.url !== undefined && (
          <Button
            whyNot={whyNot}
            busy={check.isPending && t("asking")}
            onClick={() => check.mutate({ formId: id })}
          >
            {t("check")}
          </Button>
        )}
        {run.isOpen && <p>{t("running")}</p>}
        {run.failure && (
          <Banner tone="care" title={t("failed")}>
            {run.failure}
          </Banner>
        )}
        {fault && <Banner tone="bad" role="alert" title={fault} />}
      </div>
      {checks === null ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <FormChecks
          report={{
            results: [...checks],
            jurisdictions: draft.jurisdictions,
            answers: [...answers],
          }}
          placeNames={places}
          {...(whyNot === undefined && {
            onAnswer: (given) => answer.mutate({ formId: id, ...given }),
          })}
        />
      )}
    </Section>
  );
}
