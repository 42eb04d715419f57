/** What a screen reader says of a row of tabs that scrolls. */
export const TAB_STRINGS = {
  scrollLeftAriaLabel: 'Scroll the tabs left',
  scrollRightAriaLabel: 'Scroll the tabs right',
}
