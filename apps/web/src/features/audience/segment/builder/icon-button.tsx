import type { ReactNode } from "react";

type IconButtonProps = { label: string; onClick: () => void; children: ReactNode };

/** Button with an icon only. Screen readers announce its label. */
export const IconButton = ({ label, onClick, children }: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onClick={onClick}
    className="grid min-h-8 min-w-7 cursor-pointer place-items-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:min-h-10 pointer-coarse:min-w-10"
  >
    {children}
  </button>
);
