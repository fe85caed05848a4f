# /etc/profile.d/ops.sh
alias k=kubectl
alias dps='docker ps --format "table {{.Names}}\t{{.Status}}"'
export EDITOR=vim
