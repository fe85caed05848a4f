/** Run before anything is drawn: a large page must not show itself without controls, or in the wrong colours, for a moment. */
export const scanHtmlEarly = `
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('migrate-scan-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser may refuse storage to a file.
}
`;
