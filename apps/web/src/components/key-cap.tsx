type KeyCapProps = { name: string; isOnButton?: boolean };

/** Shows a keyboard shortcut as a key cap. */
export const KeyCap = ({ name, isOnButton = false }: KeyCapProps) => (
  <kbd className={isOnButton ? "border-current bg-transparent text-current" : undefined}>
    {name}
  </kbd>
);
