"use client";
import type { AnswerChannel, LetterKind } from "@ringfence/core/desk/complaint";
import type { ComplaintId, ContactId } from "@ringfence/core/ids";
import { Locale } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceField, Field, Textarea } from "@/components/fields";
import { SubmitForm } from "@/components/save-form";
import { useShowDone, useTRPC } from "@/trpc/client";

type AnswerFormProps = {
  complaintId: ComplaintId;
  /** A draft from each template in each language. */
  drafts: Record<Locale, Record<LetterKind, string>>;
  /** The templates that fit the calls, and the one to begin with. */
  kinds: readonly LetterKind[];
  suggested: LetterKind;
  /** Mailboxes to which the answer can be sent; empty if there are none, or no mail server is set up. */
  mailboxes: readonly { contactId: ContactId; email: string }[];
  whyNot: string | undefined;
};

const byHand = ["mail", "phone", "own_email"] as const satisfies AnswerChannel[];

/** Writes an answer from a template, and records how it was sent, or sends it by e-mail. */
export function AnswerForm(props: AnswerFormProps) {
  const { complaintId, drafts, kinds, suggested, mailboxes, whyNot } = props;
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [locale, setLocale] = useState(Locale.parse(useLocale()));
  const [kind, setKind] = useState(suggested);
  const [text, setText] = useState(drafts[locale][kind]);
  const [by, setBy] = useState<string>(mailboxes[0]?.contactId ?? "mail");
  const answer = useMutation(
    trpc.complaint.answer.mutationOptions({ onSuccess: () => showDone(t("answeredNow")) }),
  );
  const start = (locale: Locale, kind: LetterKind) => {
    setLocale(locale);
    setKind(kind);
    setText(drafts[locale][kind]);
  };
  const mailbox = mailboxes.find(({ contactId }) => contactId === by);
  const channel = byHand.find((channel) => channel === by) ?? "mail";
  return (
    <SubmitForm
      className="grid gap-4 pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const sending = mailbox
          ? { channel: "email" as const, contactId: mailbox.contactId }
          : { channel };
        answer.mutate({ complaintId, text, locale, ...sending });
      }}
      error={answer.error?.message}
      submit={t(mailbox ? "sendAnswer" : "recordAnswer")}
      busy={answer.isPending && t("saving")}
      whyNot={whyNot}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          label={t("template")}
          choices={kinds.map((key) => ({ key, name: t(`templates.${key}`) }))}
          chosen={kind}
          onChoose={(chosen) => start(locale, chosen)}
        />
        <ChoiceField
          label={t("language")}
          choices={Locale.options.map((key) => ({ key, name: t(`languages.${key}`) }))}
          chosen={locale}
          onChoose={(chosen) => start(chosen, kind)}
        />
      </div>
      <Field label={t("answerText")} hint={t("answerHint")}>
        {(wired) => (
          <Textarea
            {...wired}
            rows={14}
            maxLength={10_000}
            required
            lang={locale}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
      <ChoiceField
        label={t("sentBy")}
        choices={[
          ...mailboxes.map(({ contactId, email }) => ({
            key: contactId as string,
            name: t("byMailbox", { email }),
          })),
          ...byHand.map((key) => ({ key: key as string, name: t(`channels.${key}`) })),
        ]}
        chosen={by}
        onChoose={setBy}
      />
    </SubmitForm>
  );
}
