resource "aws_launch_template" "nodes" {
  name_prefix = "nodes-"
  user_data = base64encode(<<-EOF
    #!/bin/bash
    set -ex
    /etc/eks/bootstrap.sh ${var.cluster} --container-runtime dockerd --b64-cluster-ca ${var.ca}
  EOF
  )
}
