// react-aria's own declaration of these files exports a type where the file exports a value.
declare module 'react-aria-components/i18n/ru-RU' {
  const packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  export default packages;
}
declare module 'react-aria-components/i18n/en-US' {
  const packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  export default packages;
}
