"use client";

import { type ReactNode, useState } from "react";
import { Banner } from "./banner";
import { Button } from "./buttons";

type SaveFormProps<Data> = {
  /** Parses the form into what is saved; without data if it is not valid. */
  read: (form: FormData) => { data?: Data | undefined };
  saving: { mutate: (data: Data) => void; isPending: boolean; error: { message: string } | null };
  words: { save: string; saving: string; odd: string };
  whyNot: string | undefined;
  children: ReactNode;
};

/** Form whose fields hold their own state and are saved together. An error of the server is shown below. */
export function SaveForm<Data>({ read, saving, words, whyNot, children }: SaveFormProps<Data>) {
  const [isOdd, setOdd] = useState(false);
  return (
    <form
      className="grid max-w-[46rem] grid-cols-1 gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { data } = read(new FormData(event.currentTarget));
        setOdd(data === undefined);
        if (data) saving.mutate(data);
      }}
    >
      {children}
      {isOdd && <Banner tone="bad" role="alert" title={words.odd} />}
      {saving.error && <Banner tone="bad" role="alert" title={saving.error.message} />}
      <div>
        <Button
          type="submit"
          look="primary"
          busy={saving.isPending && words.saving}
          whyNot={whyNot}
        >
          {words.save}
        </Button>
      </div>
    </form>
  );
}

type SaveDraftRowProps = {
  words: { save: string; saving: string; saved: string };
  isSaving: boolean;
  isSaved: boolean;
};

/** Button that saves a draft, and beside it whether it is saved. */
export const SaveDraftRow = ({ words, isSaving, isSaved }: SaveDraftRowProps) => (
  <div className="flex items-center gap-3">
    <Button type="submit" look="primary" busy={isSaving && words.saving}>
      {words.save}
    </Button>
    <output className="text-sm text-muted">{isSaved && words.saved}</output>
  </div>
);
