/** The flag that says the same as a field of KubeletConfiguration: `container-log-max-size`. */
export const fieldFlag = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
