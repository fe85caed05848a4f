/**
 * The page's script: plain JavaScript, held in a string because it runs in a browser and must stay as it is when the
 * command is bundled. All is on the page already; this only hides and shows, counts, and fills in what is told elsewhere.
 */
export const scanHtmlClient = `
(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;

  const themeButton = byId('theme');
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);
  const showTheme = () => themeButton.setAttribute('aria-pressed', String(isDark()));
  systemDark.addEventListener('change', showTheme);
  themeButton.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('migrate-scan-theme', root.dataset.theme); } catch { /* Refused to a file: not remembered. */ }
    showTheme();
  });
  showTheme();

  const form = byId('filters');
  if (!form) return;
  const everySeverity = ['error', 'warning', 'note'];
  const buttons = all('button[name=severity]', form);
  const fields = all('select, input', form);
  const status = document.querySelector('#shown [role=status]');
  const clear = byId('clear');
  /** Set by the matrix alone: the object whose findings are wanted. */
  let object = '';

  const rows = all('#matrix tbody tr');
  const subjects = all('.subject').map((element, index) => ({
    element,
    label: element.dataset.o,
    namespace: element.dataset.n || '',
    row: rows[index],
    cells: all('td[data-g]', rows[index]),
    findings: all('.finding', element).map((finding) => ({
      element: finding,
      severity: finding.dataset.s,
      group: finding.dataset.g,
      rule: finding.dataset.r,
      container: finding.dataset.k || '',
      confidence: finding.dataset.c,
      suppressed: finding.classList.contains('suppressed'),
      text: '',
    })),
  }));
  const total = all('.finding').length;
  const suppressed = all('.finding.suppressed').length;

  const isOn = (button) => button.getAttribute('aria-pressed') === 'true';
  const stateOf = () => {
    const state = {};
    for (const field of fields) state[field.name] = field.type === 'checkbox' ? (field.checked ? '1' : '') : field.value;
    state.severity = buttons.filter(isOn).map((button) => button.value).join(',');
    state.object = object;
    return state;
  };
  const hashOf = (state) => new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
  const restore = (hash) => {
    const wanted = new URLSearchParams(hash);
    for (const field of fields) {
      if (field.type === 'checkbox') field.checked = wanted.get(field.name) === '1';
      else field.value = wanted.get(field.name) || '';
      if (field.selectedIndex === -1) field.value = '';
    }
    const pressed = (wanted.get('severity') || '').split(',');
    for (const button of buttons) button.setAttribute('aria-pressed', String(pressed.includes(button.value)));
    object = wanted.get('object') || '';
  };

  /** Without the lines around the offending ones, and without the buttons' words. */
  const textOf = (subject, finding) => {
    finding.text ||= [subject.label, ...all('h4, p, .hit', finding.element).map((part) => part.textContent)].join(' ').toLowerCase();
    return finding.text;
  };
  const passes = (state, words, subject, finding) =>
    (state.suppressed || !finding.suppressed) &&
    (!state.ns || subject.namespace === state.ns) &&
    (!state.rule || finding.rule === state.rule) &&
    (!state.container || finding.container === state.container) &&
    (!state.confidence || finding.confidence === state.confidence) &&
    words.every((word) => textOf(subject, finding).includes(word));

  const setAttribute = (element, name, value) => {
    // Thousands of cells, few of which change: what is as it was is left alone.
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  /** A cell says what is shown of its findings: the gravest, and how many. */
  const showCell = (cell, some, isChosen) => {
    const link = cell.firstElementChild;
    link.hidden = some.length === 0;
    const [worst] = some;
    if (!worst) return;
    setAttribute(link, 'class', worst.severity + (worst.suppressed ? ' suppressed' : ''));
    setAttribute(link, 'aria-current', String(isChosen));
    setAttribute(link.firstElementChild, 'class', 'mark ' + worst.severity + (worst.confidence === 'possible' ? ' possible' : ''));
    if (link.lastChild.data === String(some.length) && !worst.suppressed) return;
    link.lastChild.data = String(some.length);
    const words = everySeverity.flatMap((severity) => {
      const count = some.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [count + ' ' + severity + (count === 1 ? '' : 's')];
    }).join(', ');
    for (const name of ['title', 'aria-label']) link.setAttribute(name, words);
  };

  const update = () => {
    const state = stateOf();
    const words = state.q ? state.q.toLowerCase().split(/\\s+/).filter(Boolean) : [];
    const severities = state.severity ? state.severity.split(',') : everySeverity;
    const tally = { error: 0, warning: 0, note: 0 };
    let shown = 0;
    for (const subject of subjects) {
      // The matrix stays whole when one of its cells is chosen, so that the next can be.
      const inMatrix = [];
      let visible = 0;
      for (const finding of subject.findings) {
        const pass = passes(state, words, subject, finding);
        const wanted = pass && severities.includes(finding.severity);
        const chosen = (!object || subject.label === object) && (!state.group || finding.group === state.group);
        if (pass && chosen) tally[finding.severity] += 1;
        if (wanted) inMatrix.push(finding);
        if (wanted && chosen) visible += 1;
        finding.element.hidden = !(wanted && chosen);
      }
      subject.element.hidden = visible === 0;
      subject.row.hidden = inMatrix.length === 0;
      for (const cell of subject.cells) {
        const some = inMatrix.filter((finding) => finding.group === cell.dataset.g);
        showCell(cell, some, object === subject.label && state.group === cell.dataset.g);
      }
      shown += visible;
    }
    for (const button of buttons) button.lastElementChild.textContent = String(tally[button.value]);
    clear.hidden = hashOf(state) === '';
    status.textContent = (shown === 0 ? 'No finding matches' : 'Showing ' + shown + ' of ' + total + ' findings') +
      (object ? ', of ' + object + ' only' : '') +
      (suppressed > 0 && !state.suppressed ? '; ' + suppressed + ' suppressed not shown' : '');
    return state;
  };
  /** Typing leaves no trail in the history; a step that was a click can be taken back. */
  const changed = () => history.replaceState(null, '', '#' + hashOf(update()));
  const applyHash = () => {
    const hash = location.hash.slice(1);
    const target = /^[fo]-/.test(hash) && byId(hash);
    if (hash === '' || hash.includes('=')) restore(hash);
    update();
    if (!target) return;
    if (target.closest('[hidden]')) restore('suppressed=1');
    update();
    target.scrollIntoView();
  };

  let waiting = 0;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(changed, 80); });
  form.addEventListener('submit', (event) => { event.preventDefault(); changed(); });
  clear.addEventListener('click', () => { restore(''); changed(); form.elements.q.focus(); });
  addEventListener('hashchange', applyHash);
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[name=severity], .copy');
    const link = event.target.closest('#matrix td a, #matrix th a');
    if (button && button.name === 'severity') {
      button.setAttribute('aria-pressed', String(!isOn(button)));
      changed();
    } else if (button) {
      const text = button.parentElement.querySelector('p');
      getSelection().selectAllChildren(text);
      // Without a clipboard the text stays selected, one key away.
      const copied = await navigator.clipboard?.writeText(text.innerText).then(() => true, () => false);
      button.textContent = copied ? 'Copied' : 'Selected';
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    } else if (link) {
      event.preventDefault();
      const { label } = subjects.find(({ row }) => row === link.closest('tr'));
      const group = link.closest('td')?.dataset.g || '';
      history.pushState(null, '', '#' + hashOf({ ...stateOf(), group, object: label }));
      applyHash();
      byId('findings').focus({ preventScroll: true });
      byId('findings').scrollIntoView();
    }
  });

  /** What a rule says stands once on the page; a finding shows a copy when it is asked for. */
  document.addEventListener('toggle', (event) => {
    const link = event.target.querySelector?.(':scope > a');
    const told = link && byId(link.hash.slice(1))?.querySelector('.why');
    if (told) link.replaceWith(told.cloneNode(true));
  }, true);

  applyHash();
})();
`;
