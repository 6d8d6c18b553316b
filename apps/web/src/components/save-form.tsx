"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { flushSync } from "react-dom";
import { safePath } from "@/server/safe-path";
import { Banner } from "./banner";
import { Button } from "./buttons";
import { type ParsedFields, faultyFields, focusFirstFault } from "./form-faults";
import { showToast } from "./toast";

/**
 * Returns the handler of a successful save: it opens the page of a new item below `list`, or renders this page again.
 * A toast shows `done`, if given.
 */
export function useShowSaved(list: `/${string}`, isNew: boolean, done?: string) {
  const router = useRouter();
  return ({ id }: { id: string }) => {
    if (done !== undefined) showToast({ tone: "done", title: done });
    if (isNew) router.push(safePath(`${list}/${id}`));
    else router.refresh();
  };
}

/** Names of the fields that are not valid. */
type Faults = readonly unknown[];

type SaveFormProps<Data> = {
  /** Parses the form into what is saved; without data if it is not valid. */
  read: (form: FormData) => ParsedFields<Data>;
  saving: { mutate: (data: Data) => void; isPending: boolean; error: { message: string } | null };
  words: {
    save: string;
    saving: string;
    /** Instruction shown if the form is not valid; "Fix the highlighted fields" by default. */
    odd?: string;
  };
  /** Shown beside the button once the form is saved, unless saving leads to another page. */
  saved?: string | false;
  whyNot?: string | undefined;
  /** The fields, or a function that draws them with their faults. */
  children: ReactNode | ((faults: Faults) => ReactNode);
};

/**
 * Form whose fields hold their own state and are saved together. If it is not valid, the first fault takes
 * the focus, and each fault disappears once it is corrected. An error of the server is shown below.
 */
export function SaveForm<Data>(props: SaveFormProps<Data>) {
  const { read, saving, words, saved, whyNot, children } = props;
  const t = useTranslations("field");
  const [isInvalid, setInvalid] = useState(false);
  const [faults, setFaults] = useState<Faults>([]);
  const check = (form: HTMLFormElement) => {
    const { data, error } = read(new FormData(form));
    flushSync(() => {
      setInvalid(data === undefined);
      setFaults(faultyFields(true, error));
    });
    return data;
  };
  return (
    <form
      className="grid max-w-[46rem] grid-cols-1 gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = check(event.currentTarget);
        focusFirstFault(event.currentTarget);
        if (data) saving.mutate(data);
      }}
      onInput={({ currentTarget }) => isInvalid && check(currentTarget)}
    >
      {typeof children === "function" ? children(faults) : children}
      {isInvalid && <Banner tone="bad" role="alert" title={words.odd ?? t("fixFields")} />}
      {saving.error && <Banner tone="bad" role="alert" title={saving.error.message} />}
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          look="primary"
          busy={saving.isPending && words.saving}
          whyNot={whyNot}
        >
          {words.save}
        </Button>
        {saved !== undefined && <output className="text-sm text-muted">{saved}</output>}
      </div>
    </form>
  );
}

type SubmitFormProps = {
  className: string;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => unknown;
  /** True if the form itself, not the browser, says what is wrong with its fields. */
  noValidate?: boolean;
  /** Error from the server, shown above the fields. */
  error?: string | null | undefined;
  /** Label of the button. */
  submit: string;
  /** Label of the button while the form is being saved. */
  busy: string | false;
  whyNot?: string | undefined;
  children: ReactNode;
};

/** Renders a form with one button below its fields. The caller keeps the values of the fields. */
export const SubmitForm = ({ error, submit, busy, whyNot, children, ...form }: SubmitFormProps) => (
  <form {...form}>
    {error && <Banner tone="bad" role="alert" title={error} />}
    {children}
    <div>
      <Button type="submit" look="primary" busy={busy} whyNot={whyNot}>
        {submit}
      </Button>
    </div>
  </form>
);
